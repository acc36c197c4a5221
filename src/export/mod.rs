//! The graph, or a part of it, in the formats of other tools: one file and one table row each.

mod attribute;
mod csv_graph;
mod cytoscape;
mod dot;
mod file;
mod gexf;
mod graphml;
mod inferred;
mod jsonld;
mod mermaid;
mod nquads;
mod ntriples;
#[cfg(feature = "parquet")]
mod parquet;
mod plain;
mod rdfxml;
mod source;
mod svg;
mod tables;
#[cfg(test)]
mod tests;
mod trig;
mod turtle;
mod view;
mod write;

use std::io::{self, Write};

use thiserror::Error;

pub use file::write_file;
pub use source::Source;

use crate::message::Bilingual;
use crate::store::StoreError;

/// A format.
pub struct Format {
    /// The name by which commands call it.
    pub name: &'static str,
    /// What it is good for, in Chinese and English.
    pub about: (&'static str, &'static str),
    /// Writes a source.
    pub write: Writer,
}

/// Writes a source in one format.
pub type Writer = fn(&Source<'_>, &mut dyn Write) -> Result<(), ExportError>;

/// Every format.
pub const FORMATS: &[Format] = &[
    Format { name: "turtle", about: ("RDF，便于阅读", "RDF, to read"), write: turtle::write },
    Format {
        name: "trig", about: ("RDF，每个文档一个命名图", "RDF, a graph for each document"), write: trig::write
    },
    Format { name: "ntriples", about: ("RDF，每行一条", "RDF, a statement a line"), write: ntriples::write },
    Format {
        name: "nquads",
        about: ("RDF，每个文档一个命名图，每行一条", "RDF, a graph for each document, a statement a line"),
        write: nquads::write,
    },
    Format {
        name: "inferred",
        about: (
            "由其他陈述推出的陈述及其依据，N-Quads",
            "statements that follow from others, with what they rest on, as N-Quads",
        ),
        write: inferred::write,
    },
    Format { name: "rdfxml", about: ("RDF，XML 形式", "RDF as XML"), write: rdfxml::write },
    Format {
        name: "jsonld",
        about: ("RDF，带上下文的嵌套 JSON", "RDF as nested JSON with a context"),
        write: jsonld::write,
    },
    Format {
        name: "graphml", about: ("供 Gephi、yEd、networkx", "for Gephi, yEd, networkx"), write: graphml::write
    },
    Format {
        name: "gexf",
        about: ("供 Gephi，带位置和颜色", "for Gephi, with places and colours"),
        write: gexf::write,
    },
    Format { name: "dot", about: ("供 Graphviz", "for Graphviz"), write: dot::write },
    Format {
        name: "cytoscape",
        about: ("供 Cytoscape.js，带位置", "for Cytoscape.js, with places"),
        write: cytoscape::write,
    },
    Format {
        name: "mermaid",
        about: ("供 Markdown 页面，适合小图", "for Markdown pages, fit for small parts"),
        write: mermaid::write,
    },
    Format { name: "svg", about: ("图片", "a picture"), write: svg::write },
    Format {
        name: "neo4j-nodes",
        about: ("节点 CSV，供 neo4j-admin database import", "CSV of nodes for neo4j-admin database import"),
        write: csv_graph::neo4j_nodes,
    },
    Format {
        name: "neo4j-edges",
        about: ("关系 CSV，供 neo4j-admin database import", "CSV of relationships for neo4j-admin database import"),
        write: csv_graph::neo4j_edges,
    },
    Format {
        name: "gephi-nodes",
        about: ("节点 CSV，供 Gephi 电子表格导入", "CSV of nodes for Gephi's spreadsheet importer"),
        write: csv_graph::gephi_nodes,
    },
    Format {
        name: "gephi-edges",
        about: ("边 CSV，供 Gephi 电子表格导入", "CSV of edges for Gephi's spreadsheet importer"),
        write: csv_graph::gephi_edges,
    },
    Format {
        name: "projects",
        about: ("项目表，CSV，可用 Excel 打开", "table of projects, CSV for Excel"),
        write: tables::projects,
    },
    Format { name: "enterprises", about: ("企业表", "table of enterprises"), write: tables::enterprises },
    Format { name: "parks", about: ("园区表", "table of parks"), write: tables::parks },
    Format { name: "policies", about: ("政策表", "table of policies"), write: tables::policies },
    Format { name: "observations", about: ("指标表", "table of figures"), write: tables::observations },
    #[cfg(feature = "parquet")]
    Format { name: "parquet-nodes", about: ("节点 Parquet", "Parquet of nodes"), write: parquet::nodes },
    #[cfg(feature = "parquet")]
    Format { name: "parquet-edges", about: ("边 Parquet", "Parquet of edges"), write: parquet::edges },
];

/// Several formats that are written together, each into a file of its own.
pub struct Bundle {
    /// The name by which commands call it.
    pub name: &'static str,
    /// Formats and the names of their files.
    pub files: &'static [(&'static str, &'static str)],
}

/// Every bundle.
pub const BUNDLES: &[Bundle] = &[
    Bundle { name: "neo4j", files: &[("neo4j-nodes", "nodes.csv"), ("neo4j-edges", "relationships.csv")] },
    Bundle { name: "gephi", files: &[("gephi-nodes", "nodes.csv"), ("gephi-edges", "edges.csv")] },
    Bundle {
        name: "csv",
        files: &[
            ("projects", "projects.csv"),
            ("enterprises", "enterprises.csv"),
            ("parks", "parks.csv"),
            ("policies", "policies.csv"),
            ("observations", "observations.csv"),
        ],
    },
    #[cfg(feature = "parquet")]
    Bundle { name: "parquet", files: &[("parquet-nodes", "nodes.parquet"), ("parquet-edges", "edges.parquet")] },
];

/// The bundle of that name.
pub fn bundle(name: &str) -> Option<&'static Bundle> {
    BUNDLES.iter().find(|bundle| bundle.name == name)
}

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Why nothing, or not all, was written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output cannot be written.
    #[error("cannot write the export: {0}; check the path, the permissions and the space left")]
    Write(#[from] io::Error),
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}

impl Bilingual for ExportError {
    fn zh(&self) -> String {
        match self {
            Self::Store(error) => error.zh(),
            Self::Write(error) => format!("无法写出：{}；请检查路径、权限和剩余空间", error.zh()),
        }
    }

    fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
