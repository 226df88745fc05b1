// Every sentence asked for is there, and none stands unused.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { words } from '../src/words/en.js';
import { say } from '../src/words.js';

const SOURCE = new URL('../src', import.meta.url).pathname;
const files = readdirSync(SOURCE, { recursive: true }).filter((name) => /\.(js|svelte)$/.test(name) && !name.startsWith('words/'));
const text = files.map((name) => readFileSync(join(SOURCE, name), 'utf8')).join('\n');
const keys = Object.keys(words.messages);

test('every key asked for has its words', () => {
  const asked = [...text.matchAll(/say\('([a-z_0-9-]+)'/g), ...text.matchAll(/words="([a-z_0-9-]+)"/g)].map((match) => match[1]);
  expect(asked.filter((key) => !keys.includes(key))).toEqual([]);
});

test('every key is asked for somewhere', () => {
  const stems = [...text.matchAll(/say\(`([a-z_0-9-]+)\$\{/g), ...text.matchAll(/`(typed|copy|class|field|preview-as|preview-width|turn|detail|mark|front-make)-\$\{/g)].map((match) => match[1]);
  const named = (key) => text.includes(`'${key}'`) || text.includes(`"${key}"`) || stems.some((stem) => key.startsWith(stem))
    || /-(hint|for|refused)$/.test(key) || /^preview-(as|width)-/.test(key);
  expect(keys.filter((key) => !named(key))).toEqual([]);
});

test('forms follow the number', () => {
  expect([say('words', { n: 1 }), say('words', { n: 2 }), say('no such key')]).toEqual(['1 word', '2 words', 'no such key']);
});
