// The peer of `cargo xtask bench pictures`: one picture to every size by sharp, on one thread, timed on the processor.
// node sharp.mjs FOLDER-OF-SHARP PICTURE HOW-OFTEN SIZES: prints milliseconds for a picture, the better of its two ways.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [home, picture, often, sizes] = process.argv.slice(2);
const sharp = createRequire(home + '/')('sharp');
sharp.concurrency(1);
sharp.cache(false);
const bytes = readFileSync(picture);
const cuts = JSON.parse(sizes);

async function encode(made) {
  await made.clone().webp({ quality: 78, effort: 4 }).toBuffer();
  await made.jpeg({ quality: 80, progressive: true, chromaSubsampling: '4:2:0' }).toBuffer();
}

// As its documentation has it: each size from the file, decoded as small as it may be.
async function eachFromTheFile() {
  for (const { width, height } of cuts) {
    await encode(sharp(bytes).rotate().resize(width, height, { fit: 'cover' }));
  }
}

// Decoded and reduced once, every other size from that.
async function allFromOne() {
  const widest = Math.max(...cuts.map((cut) => cut.width));
  const { data, info } = await sharp(bytes).rotate().resize(widest).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  for (const { width, height } of cuts) {
    await encode(sharp(data, { raw }).resize(width, height, { fit: 'cover' }));
  }
}

async function cost(way) {
  await way();
  const before = process.cpuUsage();
  for (let turn = 0; turn < Number(often); turn += 1) await way();
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / 1000 / Number(often);
}

console.log(Math.min(await cost(eachFromTheFile), await cost(allFromOne)));
