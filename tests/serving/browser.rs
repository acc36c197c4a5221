//! The page in a real Chromium, in both languages: find, ask, follow a fact to its sentence, draw, filter, query.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::server::{Server, built, samples};
use super::webdriver::Browser;
use crate::support::Folder;

/// Enter, as WebDriver spells it.
const ENTER: &str = "\u{E007}";
/// The arrow down.
const DOWN: &str = "\u{E015}";

/// The driver of Chromium; none where `make test` found none and said so.
fn driver() -> Option<PathBuf> {
    if std::env::var("PARKGRAPH_BROWSER").is_ok_and(|value| value == "none") {
        return None;
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).map(|folder| folder.join("chromedriver")).find(|it| it.exists());
    Some(found.expect(
        "no chromedriver: install Chromium and its driver (Debian: chromium chromium-driver), \
         or set PARKGRAPH_BROWSER=none to leave the tests in the browser out",
    ))
}

/// Runs a story in a browser of that language and window, and checks that the page had nothing to complain about.
fn in_browser(server: &Server, lang: &str, size: (u32, u32), story: impl Fn(&Browser, &str)) {
    let Some(driver) = driver() else { return eprintln!("not run: PARKGRAPH_BROWSER=none") };
    let profile = Folder::new();
    let browser = Browser::start(&driver, profile.path(), lang, size);
    let page = format!("http://{}/?lang={}", server.address, &lang[..2]);
    browser.open(&page);
    story(&browser, &page);
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
    let strangers = browser.script(
        "return performance.getEntriesByType('resource').map(it => it.name).filter(it => !it.startsWith(location.origin) && !it.startsWith('data:') && !it.startsWith('blob:'))",
    );
    assert_eq!(strangers, json!([]), "the page asked other hosts");
}

/// Number of colours, and share of points that are not white, in a picture of an element.
fn colours(browser: &Browser, selector: &str) -> (u64, f64) {
    let picture = browser.picture(selector);
    let counted = browser.script_with(
        "const done = arguments[1]; const image = new Image();
         image.onload = () => {
           const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
           const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0);
           const points = pen.getImageData(0, 0, image.width, image.height).data;
           const seen = new Set(); let dark = 0;
           for (let i = 0; i < points.length; i += 4) {
             if (points[i] < 245 || points[i + 1] < 245 || points[i + 2] < 245) dark++;
             seen.add((points[i] >> 4) << 8 | (points[i + 1] >> 4) << 4 | points[i + 2] >> 4);
           }
           done([seen.size, dark * 4 / points.length]);
         };
         image.onerror = () => done([0, 0]); image.src = 'data:image/png;base64,' + arguments[0];",
        &json!(picture),
    );
    (counted[0].as_u64().unwrap_or_default(), counted[1].as_f64().unwrap_or_default())
}

fn count(browser: &Browser, selector: &str) -> u64 {
    browser.script(&format!("return document.querySelectorAll({selector:?}).length")).as_u64().unwrap_or_default()
}

/// The words of a story in one language.
struct Words {
    lang: &'static str,
    title: &'static str,
    question: &'static str,
    answered: &'static str,
    evidence: &'static str,
    building: &'static str,
    nodes: &'static str,
}

const WORDS: [Words; 2] = [
    Words {
        lang: "zh-CN",
        title: "开发区知识图谱",
        question: "哪些项目与智能传感器相关",
        answered: "找到",
        evidence: "依据",
        building: "在建",
        nodes: "节点：显示",
    },
    Words {
        lang: "en-US",
        title: "Knowledge graph",
        question: "Which projects relate to smart sensors?",
        answered: "Found",
        evidence: "Evidence",
        building: "Under construction",
        nodes: "Nodes:",
    },
];

#[test]
fn the_page_tells_its_story_in_both_languages() {
    let server = Server::start(samples(), &[]);
    for words in &WORDS {
        in_browser(&server, words.lang, (1280, 900), |browser, page| {
            assert!(browser.text("h1").contains(words.title));
            finds_by_pinyin(browser, words);
            browser.open(&format!("{page}&view=home#/home"));
            asks(browser, words);
            draws(browser, page, words);
            filters(browser, page, words);
            queries(browser, page);
        });
    }
}

/// Completes a name typed in pinyin, by keyboard alone, and follows a fact to its sentence.
fn finds_by_pinyin(browser: &Browser, words: &Words) {
    browser.keys("[role=combobox]", "rongweikeji");
    browser.until("completions", "return document.querySelectorAll('[role=option]').length > 0");
    browser.keys("[role=combobox]", &format!("{DOWN}{ENTER}"));
    browser.until("the thing", "return location.hash.startsWith('#/thing/')");
    browser.until("its name", "return (document.querySelector('h1')?.textContent ?? '').includes('融薇科技')");
    browser.ready();
    assert!(browser.text(".proof summary").contains(words.evidence));
    browser.click(".proof summary");
    assert!(browser.text(".proof[open] blockquote").contains("融薇"));
    assert!(count(browser, ".proof[open] mark") > 0);
    browser.click(".proof[open] a.source");
    browser.until("the sentence", "return document.querySelector('.reading .wanted') !== null");
    assert!(browser.text(".reading .wanted").contains("融薇"));
}

fn asks(browser: &Browser, words: &Words) {
    browser.keys("input.question", &format!("{}{ENTER}", words.question));
    browser.until("an answer", "return document.querySelector('.answerlist li') !== null");
    assert!(browser.text(".sentence").contains(words.answered));
    assert!(browser.text(".answerlist blockquote").contains("传感"));
}

/// The picture has points of many colours; what is shown of how many is told.
fn draws(browser: &Browser, page: &str, words: &Words) {
    browser.open(&format!("{page}&view=graph#/graph"));
    browser.until("a drawing", "return document.querySelector('.canvas')?.dataset.drawn > 50");
    std::thread::sleep(std::time::Duration::from_millis(800));
    let (kinds, dark) = colours(browser, ".canvas");
    assert!(kinds > 20 && dark > 0.005 && dark < 0.9, "{kinds} colours, {dark} of the picture");
    assert!(browser.text("#shown").starts_with(words.nodes), "{}", browser.text("#shown"));
    browser.click(".panel .ranks button");
    assert!(count(browser, ".panel a.primary") == 1);
}

fn filters(browser: &Browser, page: &str, words: &Words) {
    browser.open(&format!("{page}&view=ledger#/ledger"));
    let all = count(browser, ".ledgertable tbody tr");
    browser.script(
        "const box = document.querySelector('select[name=stage]'); box.value = 'underConstruction'; box.dispatchEvent(new Event('change'))",
    );
    browser.until("the filter", "return location.hash.includes('stage=underConstruction')");
    browser.ready();
    let some = count(browser, ".ledgertable tbody tr");
    assert!(0 < some && some < all, "{some} of {all}");
    assert!(browser.text(".filters select[name=stage]").contains(words.building));
    let link = browser.script("return document.querySelector('a[download]').href");
    assert!(
        link.as_str().is_some_and(|link| link.contains("format=csv") && link.contains("underConstruction")),
        "{link}"
    );
}

fn queries(browser: &Browser, page: &str) {
    browser.open(&format!("{page}&view=sparql#/sparql"));
    browser.script(
        "const box = document.querySelector('select[name=example]'); box.value = 'documents'; box.dispatchEvent(new Event('change'))",
    );
    browser.until(
        "the example",
        "return document.querySelector('.CodeMirror').CodeMirror.getValue().includes('pg:Document')",
    );
    browser.click(".yasqe_queryButton");
    browser.until("results", "return document.querySelectorAll('.yasr_results td').length > 5");
}

#[test]
fn the_page_fits_a_phone() {
    let server = Server::start(samples(), &[]);
    in_browser(&server, "zh-CN", (500, 900), |browser, page| {
        for view in ["home", "ledger", "figures", "graph", "articles", "industries", "ask"] {
            browser.open(&format!("{page}&view={view}#/{view}"));
            let wide =
                browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert!(wide.as_i64() <= Some(1), "{view} is {wide} points too wide");
        }
    });
}

#[test]
fn markup_in_an_article_never_runs() {
    let trap = "<img src=x onerror=\"window.caught=1\"><script>window.caught=1</script>";
    let text = format!(
        "星河{trap}高新区消息\n\n青岚科技投资的“{trap}”传感器产业园项目总投资18亿元,已在星河高新区开工建设。{trap}白鹭电子有限公司签约显示面板项目。\n"
    );
    let folder = built(&[
        ("trap<b>.txt", &text),
        ("other.txt", "月湾开发区\n\n白鹭电子有限公司投资的显示面板项目已在月湾开发区签约。\n"),
    ]);
    let server = Server::start(&folder, &[]);
    in_browser(&server, "zh-CN", (1280, 900), |browser, page| {
        let mut views = vec!["home".to_owned(), "ledger".to_owned(), "articles".to_owned(), "graph".to_owned()];
        views.push("ask?q=<script>window.caught=1</script>".to_owned());
        views.push("found?q=<img src=x onerror=window.caught=1>".to_owned());
        let listed = server.get("/api/v1/documents").json();
        let articles = listed["documents"].as_array().into_iter().flatten();
        views.extend(
            articles.filter_map(|it| it["key"].as_str()).map(|key| format!("article/{}", super::client::escaped(key))),
        );
        let projects = server.get("/api/v1/projects").json();
        let things = projects["projects"].as_array().into_iter().flatten().filter_map(|it| it["id"].as_str());
        views
            .extend(things.map(|id| {
                format!("thing/{}", id.split('/').map(super::client::escaped).collect::<Vec<_>>().join("/"))
            }));
        for (at, view) in views.iter().enumerate() {
            browser.open(&format!("{page}&view={at}#/{view}"));
            assert_eq!(browser.script("return window.caught ?? null"), Value::Null, "{view}");
            assert_eq!(count(browser, "main script, main img[src=x]"), 0, "{view}");
        }
    });
}
