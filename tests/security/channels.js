// Planted by the tests, after the checker's page or its worker: ways in which a script can send something away.
// Each takes an address whose query stands for what is to be sent. Nothing here is part of the site.
(() => {
  const request = globalThis.fetch; // the worker puts its own in its place
  const add = (tag, attributes) => {
    const element = Object.assign(document.createElement(tag), attributes);
    document.body.append(element);
    return element;
  };
  const link = (rel, more) => (url) => add("link", { rel, href: url, ...more });
  const socket = (url) => url.replace(/^http/, "ws");

  const everywhere = {
    fetch: (url) => request(url, { mode: "no-cors" }),
    XMLHttpRequest: (url) => {
      const old = new XMLHttpRequest();
      old.open("GET", url);
      old.send();
    },
    WebSocket: (url) => new WebSocket(socket(url)),
    EventSource: (url) => new EventSource(url),
    WebTransport: (url) => new WebTransport(url.replace(/^http:/, "https:")).ready,
    "import()": (url) => import(url),
    "a worker": (url) => new Worker(url),
    "a module worker": (url) => new Worker(url, { type: "module" }),
    caches: async (url) => (await caches.open("planted")).add(url),
  };

  const inPages = {
    WebRTC: async (url) => {
      const server = `stun:${new URL(url).host}`;
      const connection = new RTCPeerConnection({ iceServers: [{ urls: server }] });
      connection.createDataChannel("planted");
      await connection.setLocalDescription(await connection.createOffer());
    },
    sendBeacon: (url) => navigator.sendBeacon(url, "secret"),
    "an image": (url) => {
      new Image().src = url;
    },
    "a video": (url) => add("video", { src: url }),
    "a frame": (url) => add("iframe", { src: url }),
    "an object": (url) => add("object", { data: url }),
    "a script": (url) => add("script", { src: url }),
    "a style sheet": link("stylesheet"),
    "a background": (url) => {
      document.body.style.backgroundImage = `url("${url}")`;
    },
    "a font": (url) => new FontFace("planted", `url("${url}")`).load(),
    "a form": (url) => add("form", { action: url, method: "post" }).submit(),
    prefetch: link("prefetch"),
    preload: link("preload", { as: "image" }),
    modulepreload: link("modulepreload"),
    "a shared worker": (url) => new SharedWorker(url),
    "a service worker": (url) => navigator.serviceWorker.register(url),
    "window.open()": (url) => window.open(url),
    navigation: (url) => {
      location.href = url;
    },
  };

  const inWorkers = {
    "importScripts()": (url) => importScripts(url),
    // Not every try is there to be had.
    "an element": () => document.body,
  };

  globalThis.violations = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, disposition }) =>
    globalThis.violations.push(disposition === "enforce" ? effectiveDirective : disposition),
  );
  globalThis.tryChannel = async (name, url) => {
    globalThis.violations.length = 0;
    try {
      await { ...everywhere, ...inPages, ...inWorkers }[name](url);
      return "";
    } catch (error) {
      return error.name;
    }
  };
})();
