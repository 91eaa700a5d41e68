// The component of Streamlit: mounts an application, the review editor or the align page, once, and hands it each new token.
const hosts = new WeakMap();

export default function ({ data, parentElement }) {
  const host = hosts.get(parentElement) ?? parentElement.appendChild(document.createElement("div"));
  hosts.set(parentElement, host);
  const { application } = data;
  const loading = import(new URL(`/hexapla/assets/${application}/${application}.js`, location.origin));
  const page = loading.then(({ mount }) => mount(host, data)); // mounting again passes the token on
  page.catch(() => {
    host.textContent = data.failed;
  });
  return () => {
    hosts.delete(parentElement);
    page.then((mounted) => mounted.destroy(), () => {}).then(() => host.remove());
  };
}
