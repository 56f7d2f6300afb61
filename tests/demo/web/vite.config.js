// The client loads its parts by URL, so none may be put inside another file.
export default { build: { target: "es2022", assetsInlineLimit: 0 } };
