/* Looks at the page as it is shown and lists what is wrong with it. */
({
  visibleText() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const host = node.parentElement;
      if (!node.textContent.trim() || !host || host.closest("script, style, noscript, title, dialog:not([open]), .sr, .skip")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width && box.height && getComputedStyle(host).visibility === "visible") found.push({ node, host, box });
    }
    return found;
  },

  /* Text with less contrast than WCAG AA asks for. */
  contrast() {
    const rgba = text => {
      const n = text.match(/[\d.]+/g).map(Number);
      return text.startsWith("color(srgb") ? [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1];
    };
    const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
    const behind = element => {
      const layers = [];
      for (let e = element; e; e = e.parentElement) {
        const color = rgba(getComputedStyle(e).backgroundColor);
        if (color[3] > 0) layers.push(color);
        if (color[3] === 1) break;
      }
      return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
    };
    const luminance = c => {
      const [r, g, b] = c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return this.visibleText().flatMap(({ node, host }) => {
      const style = getComputedStyle(host);
      const background = behind(host);
      const color = over(rgba(host instanceof SVGElement ? style.fill : style.color), background);
      const [high, low] = [luminance(color), luminance(background)].sort((a, b) => b - a);
      const ratio = (high + 0.05) / (low + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      return ratio < (large ? 3 : 4.5) ? [`${node.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`] : [];
    });
  },

  /* Text that leaves the window or its own box, unless the box scrolls. */
  overflow() {
    const wide = document.documentElement.scrollWidth > innerWidth
      ? [`the page is ${document.documentElement.scrollWidth} wide in a window of ${innerWidth}`] : [];
    return wide.concat(this.visibleText().flatMap(({ node, host, box }) => {
      if (host.closest(".scroll, .contents")) return [];
      const text = node.textContent.trim().slice(0, 40);
      return box.left < -1 || box.right > innerWidth + 1 ? [`"${text}" spans ${box.left.toFixed()} to ${box.right.toFixed()} of ${innerWidth}`] : [];
    }));
  },

  /* Pictures that did not load. */
  pictures() {
    return Promise.all(Array.from(document.images).map(image => image.decode().then(() => [], () => [image.alt])))
      .then(all => all.flat());
  },

  /* Controls and pictures without a name. */
  names() {
    const unnamed = Array.from(document.querySelectorAll("button, input, a, svg[role=img], img, [role=region]")).filter(e => {
      const label = e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.alt
        || document.getElementById(e.getAttribute("aria-labelledby"))?.textContent || e.textContent;
      return !label?.trim();
    });
    return unnamed.map(e => e.outerHTML.slice(0, 80));
  },
})
