//! What the server holds fits together: its page is whole, its description names every address.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::assets;

#[test]
fn every_file_of_the_built_page_is_served() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/web/dist");
    let built: BTreeSet<String> = fs::read_dir(folder)
        .expect("the page is built")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(assets::names().map(str::to_owned).collect::<BTreeSet<_>>(), built);
}

#[test]
fn the_description_names_every_address() {
    let description: Value = serde_json::from_str(include_str!("openapi.json")).expect("it is JSON");
    let described: BTreeSet<String> =
        description["paths"].as_object().expect("addresses").keys().map(|path| path.replace('{', "{*")).collect();
    let sources = [include_str!("routes.rs"), include_str!("reconcile.rs")];
    let routes: BTreeSet<String> = sources
        .iter()
        .flat_map(|source| source.split(".route(\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        // The page and the second name of /query are for people.
        .filter(|path| !["/", "/assets/{name}", "/sparql"].contains(path))
        .map(str::to_owned)
        .collect();
    assert_eq!(described, routes);
}
