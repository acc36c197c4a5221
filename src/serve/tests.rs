//! Cases of the server.
