import "@kern-ux/native/dist/kern.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/search.css";
import "./styles/document.css";
import "./styles/lists.css";
import "./styles/records.css";
import "./styles/plan.css";
import "./styles/evidence.css";
import "./app";
import { followLinks } from "./navigation";

const dark = matchMedia("(prefers-color-scheme: dark)");
const applyTheme = () => {
  document.documentElement.dataset["kernTheme"] = dark.matches ? "dark" : "light";
};
dark.addEventListener("change", applyTheme);
applyTheme();
followLinks();
