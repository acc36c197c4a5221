//! Chromium, driven over the WebDriver protocol of the W3C.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::ask_by;

/// How long the page may take for anything.
const PATIENCE: Duration = Duration::from_secs(90);

/// A browser with one window, closed when dropped.
pub struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
}

impl Browser {
    /// Starts a browser whose language is `lang`, with a window of that size.
    pub fn start(driver: &Path, profile: &Path, lang: &str, size: (u32, u32)) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut command = Command::new(driver);
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = command.spawn().expect("chromedriver starts");
        wait("chromedriver", || TcpStream::connect(address).is_ok());
        let mut browser = Self { driver, address, session: String::new() };
        let size = format!("--window-size={},{}", size.0, size.1);
        let (lang, profile) = (format!("--lang={lang}"), format!("--user-data-dir={}", profile.display()));
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--enable-unsafe-swiftshader",
            "--use-angle=swiftshader",
            &size,
            &lang,
            &profile,
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let session = browser.send("POST", "/session", &wanted);
        browser.session = session["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {session}")).to_owned();
        browser
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let answer =
            ask_by("1.1", self.address, method, path, &[("Content-Type", "application/json")], body.as_bytes());
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text());
        answer.json()["value"].clone()
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.send(method, &format!("/session/{}/{path}", self.session), body)
    }

    /// Opens an address.
    pub fn open(&self, address: &str) {
        self.command("POST", "url", &json!({"url": address}));
        self.ready();
    }

    /// Waits until the view is whole.
    pub fn ready(&self) {
        self.until("the view", "return document.querySelector('.view[data-ready]') !== null");
    }

    /// Runs a script and gives what it returns.
    pub fn script(&self, script: &str) -> Value {
        self.command("POST", "execute/sync", &json!({"script": script, "args": []}))
    }

    /// Runs a script that calls its last argument with its result.
    pub fn script_with(&self, script: &str, argument: &Value) -> Value {
        self.command("POST", "execute/async", &json!({"script": script, "args": [argument]}))
    }

    /// Waits until a script returns true.
    pub fn until(&self, what: &str, script: &str) {
        wait(what, || self.script(script) == true);
    }

    /// The element of a selector, waited for.
    pub fn element(&self, selector: &str) -> String {
        let mut found = Value::Null;
        wait(selector, || {
            let all = self.command("POST", "elements", &json!({"using": "css selector", "value": selector}));
            found = all[0].clone();
            found.is_object()
        });
        let id = found.as_object().and_then(|it| it.values().next()).and_then(Value::as_str);
        id.expect("elements have identities").to_owned()
    }

    /// Clicks as a person does.
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.command("POST", &format!("element/{element}/click"), &json!({}));
    }

    /// Types into an element; `\u{E007}` is Enter.
    pub fn keys(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.command("POST", &format!("element/{element}/value"), &json!({"text": text}));
    }

    /// The text of an element as people see it.
    pub fn text(&self, selector: &str) -> String {
        let element = self.element(selector);
        self.command("GET", &format!("element/{element}/text"), &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// A picture of an element: PNG in base64.
    pub fn picture(&self, selector: &str) -> String {
        let element = self.element(selector);
        let picture = self.command("GET", &format!("element/{element}/screenshot"), &Value::Null);
        picture.as_str().unwrap_or_default().to_owned()
    }

    /// What the page complained about.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.command("POST", "se/log", &json!({"type": "browser"}));
        let lines = log.as_array().into_iter().flatten();
        lines.filter(|line| line["level"] == "SEVERE").map(|line| line["message"].to_string()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let path = format!("/session/{}", self.session);
        ask_by("1.1", self.address, "DELETE", &path, &[], b"");
        // The driver may have gone with its browser.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn wait(what: &str, mut is_there: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_there() {
        assert!(begin.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
