// What has the focus: where it lies in the document, whether it is seen, and the contrast of the ring around it.
() => {
  const here = document.activeElement;
  if (here === document.body) return null;

  const rgba = (colour) => {
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const linear = (level) => (level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => {
    const [red, green, blue] = rgba(colour).map((one) => linear(one / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ancestors = (element) => (element ? [element, ...ancestors(element.parentElement)] : []);
  const behind = (element) =>
    ancestors(element.parentElement).map((one) => getComputedStyle(one).backgroundColor).find((one) => rgba(one)[3] === 255) ?? '#fff';

  // A field's ring may be drawn around what holds it, or around the part of it that stands for it.
  const around = [...ancestors(here).slice(0, 4), ...here.parentElement.children, ...here.parentElement.querySelectorAll('.here')];
  const contrast = (one) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return 0;
    const [brighter, darker] = [luminance(outlineColor), luminance(behind(one))].sort((a, b) => b - a);
    return (brighter + 0.05) / (darker + 0.05);
  };
  const box = here.getBoundingClientRect();
  return {
    at: [...document.querySelectorAll('*')].indexOf(here),
    ring: Math.max(...around.map(contrast)),
    seen: box.width > 0 && here.checkVisibility({ visibilityProperty: true }),
    name: here.outerHTML.slice(0, 140),
  };
}
