// Writes the notices of all packages whose code the built page holds.
import { execSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const paths = execSync("npm ls --omit=dev --all --parseable", { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim().split("\n").slice(1);
const notices = paths.sort().map((path) => {
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = readdirSync(path).find((it) => /^(licen[cs]e|copying)/i.test(basename(it)));
  return `${name} ${version} (${typeof license === "string" ? license : license?.type ?? "see notice"})\n\n${file ? readFileSync(join(path, file), "utf8").replaceAll("\r\n", "\n").trim() : ""}\n`;
});
writeFileSync("dist/licences.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
