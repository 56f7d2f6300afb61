// The whole Hydrogen client, put together from its parts; it asks this server where the homeserver is.
import { FeatureSet, Platform, RootViewModel, createNavigation, createRouter } from "hydrogen-view-sdk";
import downloadSandboxPath from "hydrogen-view-sdk/download-sandbox.html?url";
import workerPath from "hydrogen-view-sdk/main.js?url";
import olmWasmPath from "@matrix-org/olm/olm.wasm?url";
import olmJsPath from "@matrix-org/olm/olm.js?url";
import olmLegacyJsPath from "@matrix-org/olm/olm_legacy.js?url";
import "hydrogen-view-sdk/assets/theme-element-light.css";

const { homeserver, run } = await (await fetch("/demo.json")).json();
// Each demo is a new company: whoever signed in to an earlier one is unknown there.
if (localStorage.getItem("demo") !== run) {
  for (const { name } of (await indexedDB.databases?.()) ?? []) indexedDB.deleteDatabase(name);
  localStorage.clear();
  localStorage.setItem("demo", run);
}
const platform = new Platform({
  container: document.body,
  assetPaths: {
    downloadSandbox: downloadSandboxPath,
    serviceWorker: "/sw.js",
    worker: workerPath,
    olm: { wasm: olmWasmPath, legacyBundle: olmLegacyJsPath, wasmBundle: olmJsPath },
  },
  config: { defaultHomeServer: homeserver },
  options: {},
});
const navigation = createNavigation();
platform.setNavigation(navigation);
await platform.init();
const urlRouter = createRouter({ navigation, history: platform.history });
urlRouter.attach();
const features = await FeatureSet.load(platform.settingsStorage);
const root = new RootViewModel({ platform, urlRouter, navigation, features });
await root.load();
platform.createAndMountRootView(root);
