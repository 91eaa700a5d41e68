// The plain page: mounts the editor into it.
import { mount } from "./editor/editor.js";

const main = document.getElementById("editor");
mount(main, { token: main.dataset.token });
