//! Files that come over the wire: taken apart as `build` does it, read, and stored.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::StatusCode;
use serde::Serialize;

use super::http::Problem;
use super::state::App;
use super::work;
use crate::message::Bilingual;
use crate::model::Reading;
use crate::read::{Paper, Piece, Refusal, Settings, paper_in_time};
use crate::reader::Read;
use crate::store::Put;

/// Most articles of one file.
const MOST: usize = 500;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The key under which it is kept; articles in an archive have it before their own name.
    pub key: String,
    /// Number of articles in it that were read.
    pub documents: usize,
    /// False where all of them were there before, or replaced others.
    pub added: bool,
    /// False where the same texts were there before.
    pub changed: bool,
    /// Number of things that they name.
    pub things: usize,
    /// Number of relations and figures that they state.
    pub facts: usize,
    /// What could not be read.
    pub refused: Vec<Refused>,
}

/// An article that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its key.
    pub document: String,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
}

/// An article taken out of its file: key, hash of its bytes, text.
type Article = (String, String, Paper);

/// Reads a file of any format that `build` reads, and stores what its articles say.
///
/// # Errors
/// When nothing in it can be read, it holds too many articles, or the store refuses.
pub async fn read_in(app: &Arc<App>, key: String, body: Bytes) -> Result<Written, Problem> {
    let work = move |app: &App, _: &_| {
        let (articles, refused) = articles(&key, &body)?;
        let outcome = app.write(|store, reader| -> Result<Written, Problem> {
            let readings = articles.into_iter().map(|article| facts(reader, article)).collect::<Result<Vec<_>, _>>()?;
            let Put { added, unchanged, .. } = store.put(&readings, &reader.version())?;
            Ok(Written {
                key,
                documents: readings.len(),
                added: added > 0,
                changed: unchanged < readings.len(),
                things: readings.iter().map(|it| it.entities.len()).sum(),
                facts: readings.iter().map(|it| it.relations.len() + it.observations.len()).sum(),
                refused,
            })
        });
        outcome.ok_or_else(Problem::read_only)?
    };
    work::long(app, work).await
}

fn facts(reader: &dyn Read, (key, hash, paper): Article) -> Result<Reading, Problem> {
    Ok(reader.read_paper(&key, hash, paper, None)?)
}

/// The articles of a file, and what in it is none.
fn articles(key: &str, body: &Bytes) -> Result<(Vec<Article>, Vec<Refused>), Problem> {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for piece in Piece::memory(key.to_owned(), body.to_vec()).expand() {
        match piece.and_then(|piece| article(&piece).map_err(|refusal| (piece.key, refusal))) {
            Ok(article) => found.push(article),
            Err((document, refusal)) => refused.push(Refused { document, zh: refusal.zh(), en: refusal.to_string() }),
        }
        if found.len() + refused.len() > MOST {
            return Err(unreadable(
                format!("一个文件里超过 {MOST} 篇文章；请拆分，或用 `parkgraph build` 读入"),
                format!("more than {MOST} articles in one file; split it, or read it with `parkgraph build`"),
            ));
        }
    }
    match refused.first() {
        Some(Refused { zh, en, .. }) if found.is_empty() => Err(unreadable(zh.clone(), en.clone())),
        _ => Ok((found, refused)),
    }
}

fn article(piece: &Piece) -> Result<Article, Refusal> {
    let bytes = piece.load()?;
    let hash = piece.hash(&bytes);
    let paper = paper_in_time(bytes, piece, &Settings::default())?;
    Ok((piece.key.clone(), hash, paper))
}

fn unreadable(zh: String, en: String) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, zh, en)
}
