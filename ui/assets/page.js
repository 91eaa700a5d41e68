// The plain page: mounts an application, the review editor or the align page, into it.
const main = document.querySelector("main");
const { application, token } = main.dataset;
const { mount } = await import(`./${application}/${application}.js`);
mount(main, { token });
