import { defineConfig } from "vite";

// Names without hashes: the program embeds the files by name and sends them with an ETag.
export default defineConfig({
  base: "/assets/",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: true,
    assetsDir: "",
    assetsInlineLimit: 200_000,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        entryFileNames: "main.js",
        chunkFileNames: "[name].js",
        assetFileNames: (asset) => (asset.names[0] === "index.css" ? "main.css" : "[name][extname]"),
        manualChunks(id) {
          if (id.includes("yasgui") || id.includes("yasqe") || id.includes("yasr")) return "yasgui";
          if (id.includes("sigma") || id.includes("graphology")) return "sigma";
        },
      },
    },
  },
});
