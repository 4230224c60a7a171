// What has changed since the last time: which pages to build again, and which to drop.
// Remembers in .last-version how far it has read.
import { readFile, writeFile } from "node:fs/promises";

const CMS_URL = process.env.CMS_URL ?? "http://127.0.0.1:8000";
const FILE = new URL("../.last-version", import.meta.url);

const last = await readFile(FILE, "utf8").catch(() => undefined);
const build = new Set();
const drop = new Set();
let everything = last === undefined;
let version = last?.trim() ?? "0";
let address = `/api/delivery/v1/changes/?since=${version}`;

while (address) {
  const response = await fetch(CMS_URL + address);
  const answer = await response.json();
  if (response.status === 410) {
    everything = true;
    version = answer.version;
    break;
  }
  if (!response.ok) throw new Error(`${response.url}: ${answer.detail}`);
  for (const item of answer.items) {
    everything ||= item.everything;
    item.paths.forEach((path) => build.add(path));
    if (["unpublished", "deleted", "restricted", "moved"].includes(item.action) && item.path) drop.add(item.path);
  }
  version = answer.version;
  address = answer.next;
}

for (const path of drop) console.log(`drop   ${path}`);
if (everything) console.log("build  everything");
else for (const path of build) console.log(`build  ${path}`);
if (!everything && build.size === 0 && drop.size === 0) console.log("nothing has changed");
await writeFile(FILE, `${version}\n`);
