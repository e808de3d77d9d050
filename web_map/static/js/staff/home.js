import { byId } from "../dom.js";
import { startFrame } from "./frame.js";
import { showWork } from "./home-work.js";
import { showNotices } from "./notices.js";

const work = document.getElementById("work");
if (work) showWork(work);
showNotices(byId("notices"));
startFrame();
