//! `sync`: a store that mirrors a folder.

use std::path::PathBuf;

use super::build::{self, Gone, Intake};
use super::{Context, Failure, Location, Outcome};

/// Arguments of `sync`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to mirror
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[command(flatten)]
    location: Location,
    #[command(flatten)]
    intake: Intake,
    /// Only tell what would be done
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or the folder not be read.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    if !args.folder.is_dir() {
        let shown = args.folder.display();
        return Err(Failure::new(
            format!("{shown} 不是文件夹；请给出要同步的文件夹，单个文件请用 `parkgraph build`"),
            format!("{shown} is no folder; give the folder to mirror, or use `parkgraph build` for files"),
        ));
    }
    let gone = if args.dry_run { Gone::Tell } else { Gone::Remove };
    build::load(std::slice::from_ref(&args.folder), &args.location, &args.intake, gone, context)
}
