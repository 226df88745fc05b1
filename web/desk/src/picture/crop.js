// Which part of a picture a shape shows, by the same rule as the darkroom's (crates/darkroom/src/develop/sizes.rs).

/** The shapes that are cut, with the ratio of their sides. */
export const SHAPES = { wide: 16 / 9, square: 1, tall: 4 / 5 };

/** How a shape lies upon the picture, `object-position` in percent: { x, y }, each from 0 to 100. */
export function positionOf({ width, height }, shape, focus) {
  const ratio = SHAPES[shape];
  const isAcross = width > height * ratio;
  const part = isAcross ? { width: height * ratio, height } : { width, height: width / ratio };
  return { x: place(focus.x, width, part.width), y: place(focus.y, height, part.height) };
}

function place(focus, whole, part) {
  if (whole - part < 0.001) return 50;
  const left = Math.max(0, Math.min(whole - part, (whole * focus) / 1_000 - part / 2));
  return (100 * left) / (whole - part);
}

/** A focus moved, within the picture. */
export const moved = ({ x, y }, across, down) => ({ x: bound(x + across), y: bound(y + down) });
const bound = (value) => Math.max(0, Math.min(1_000, Math.round(value)));
