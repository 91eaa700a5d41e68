// The component of Streamlit: mounts the editor once, and hands it each new token.
const loading = import(new URL("/hexapla/assets/editor/editor.js", location.origin));
const hosts = new WeakMap();

export default function ({ data, parentElement }) {
  const host = hosts.get(parentElement) ?? parentElement.appendChild(document.createElement("div"));
  hosts.set(parentElement, host);
  const editor = loading.then(({ mount }) => mount(host, data)); // mounting again passes the token on
  editor.catch(() => {
    host.textContent = "The editor did not load. Is `hexapla review` still running? Then load the page anew.";
  });
  return () => {
    hosts.delete(parentElement);
    editor.then((mounted) => mounted.destroy(), () => {}).then(() => host.remove());
  };
}
