//! Things of a store by the names that users type.

use super::Failure;
use crate::ask::{Names, key};
use crate::store::Store;

/// The identities of the things of that name, never none.
///
/// # Errors
/// When the store cannot be read or has nothing of that name; near names are told then.
pub fn things(store: &Store, name: &str) -> Result<Vec<String>, Failure> {
    let names = Names::read(store)?;
    let found = names.find(&key(name));
    if found.is_empty() {
        let near = names.nearest(&key(name), 5);
        let (zh, en) = match near.is_empty() {
            true => ("请检查写法，或用 `parkgraph stats` 看库里有什么".to_owned(), "check the spelling".to_owned()),
            false => (format!("相近的名称：{}", near.join("、")), format!("near names: {}", near.join("、"))),
        };
        return Err(Failure::new(
            format!("图谱里没有“{name}”；{zh}"),
            format!("the graph has nothing called “{name}”; {en}"),
        ));
    }
    Ok(found.into_iter().map(|id| names.thing(id).iri.as_str().to_owned()).collect())
}
