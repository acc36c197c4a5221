//! The server as its clients meet it: the protocols of the W3C, the API, its limits, and the page in a real browser.

mod api;
mod browser;
mod client;
mod limits;
mod protocol;
mod schema;
mod server;
mod webdriver;
mod writing;
