//! The API against its own description, by schemathesis: requests of all kinds, none of which may break the server.

use std::path::Path;
use std::process::Command;

use super::protocol::TOKEN;
use super::server::{Server, built};
use crate::readers::python;

const TEXT: &str = "星河高新区\n\n青岚科技投资的智能传感器产业园项目总投资18亿元,已在星河高新区开工建设。\n";

#[test]
fn no_request_breaks_the_server() {
    let folder = built(&[("a.txt", TEXT)]);
    folder.write("tokens", TOKEN);
    let server = Server::start(&folder, &["--token-file", "tokens"]);
    let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve/openapi.json");
    let run = Command::new(python())
        .current_dir(folder.path())
        .args(["-m", "schemathesis.cli", "run"])
        .arg(description)
        .args([
            "--url",
            &format!("http://{}", server.address),
            "--max-examples",
            "3",
            "--seed",
            "1",
            "--no-color",
            "--request-timeout",
            "60",
        ])
        .args([
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        ])
        .args(["--phases", "coverage,fuzzing", "--header", &format!("Authorization: Bearer {TOKEN}")])
        .output()
        .expect("the Python runs");
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{out}\n{err}");
    assert_eq!(server.get("/health").status, 200);
}
