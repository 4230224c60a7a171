import node from "@astrojs/node";
import { defineConfig } from "astro/config";

// Pages are built from the API. What cannot be known then is answered on demand: searches, drafts,
// redirects and pages that were published after the build.
export default defineConfig({
  site: process.env.SITE_URL ?? "http://127.0.0.1:4321",
  output: "static",
  adapter: node({ mode: "standalone" }),
  server: { host: "127.0.0.1", port: 4321 },
  trailingSlash: "always",
  build: { inlineStylesheets: "never" },
  devToolbar: { enabled: false },
  session: { driver: undefined },
});
