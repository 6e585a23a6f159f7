//! `citetrail review`: go through pairs claim → source in the terminal.

mod desk;
mod draw;
mod filter;
mod session;

use std::io::{IsTerminal, stdin, stdout};
use std::path::Path;

use clap::Args;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::Outcome;
use super::args::StyleArgs;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::project_at;
use super::style;
use desk::Desk;
use filter::Filter;
use session::{Effect, Key, Session};

/// Go through the pairs that are open: read, judge, on to the next
#[derive(Debug, Args)]
#[command(after_help = "\
Each pair is shown with the claim in its context, the reference, and the passages of the work's text that speak most of
the claim (see `citetrail attach`). A digit records your verdict, which is on disk before the next pair is shown; ? lists
the keys.

Filters: state:open|stale|conflict|no-access|checked|unsettled|all, doc:NAME, section:WORD, by:NAME, not-by:NAME, and
words of the claim or key. Without a state: what is open, stale or in conflict.

Examples:
  citetrail review
  citetrail review section:causes not-by:ada
  citetrail review state:stale --by \"Ada Lovelace\"")]
pub struct ReviewArgs {
    /// Which pairs.
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Who judges, in place of who you are by CITETRAIL_BY, citetrail.toml or git.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[command(flatten)]
    pub style: StyleArgs,
}

pub(super) fn run(args: &ReviewArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(folder)?;
    let by = project.reviewer(args.by.as_deref())?;
    let words = args.filter.join(" ");
    let filter = Filter::parse(&words).map_err(CliError::Message)?;
    if !stdin().is_terminal() || !stdout().is_terminal() {
        let message = "`review` needs a terminal; `citetrail verdict` records one verdict, and \
                       `citetrail check --select unreviewed-pair --level info` lists what is open";
        return Err(CliError::Message(message.to_owned()));
    }
    let style = style::chosen(&args.style, Some(&project))?;
    let mut desk = Desk::open(&project, style, by)?;
    let mut session = Session::new(desk.choose(&filter), words);
    let recorded = go_through(&mut desk, &mut session)?;
    console.note(&format!("{} recorded", count(recorded, "verdict")));
    Ok(Outcome::Done)
}

/// Shows pair after pair until the person leaves; returns how many verdicts stand from this run.
fn go_through(desk: &mut Desk<'_>, session: &mut Session) -> Result<usize, CliError> {
    let mut screen = Screen::open()?;
    loop {
        let shown = session.at().map(|at| desk.shown(at)).transpose()?;
        let progress = desk.progress();
        let mut beyond = 0;
        screen.0.draw(|frame| beyond = draw::draw(frame, session, shown.as_ref(), progress))?;
        session.limit_scroll(beyond);
        let passages: Vec<String> = shown.iter().flat_map(|s| &s.passages).map(|(text, _)| text.clone()).collect();
        let Some(key) = next_key()? else { continue };
        match session.key(key, &passages) {
            Effect::Draw => {}
            Effect::Quit => return Ok(desk.recorded()),
            Effect::Record(verdict, draft) => match session.at().map(|at| desk.record(at, verdict, &draft)) {
                Some(Ok(message)) => session.recorded(message),
                Some(Err(error)) => session.failed(error.to_string()),
                None => {}
            },
            Effect::Undo => match desk.undo() {
                Ok(message) => session.undone(message),
                Err(error) => session.failed(error.to_string()),
            },
            Effect::Filter(words) => match Filter::parse(&words) {
                Ok(filter) => session.restart(desk.choose(&filter), words),
                Err(message) => session.failed(message),
            },
        }
    }
}

/// The terminal while it is ours; it is given back as it was however the run ends.
struct Screen(ratatui::DefaultTerminal);

impl Screen {
    fn open() -> Result<Self, CliError> {
        Ok(Self(ratatui::try_init()?))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

/// Waits for a key; `None` for anything else that happens, after which the screen is drawn again.
fn next_key() -> Result<Option<Key>, CliError> {
    let Event::Key(KeyEvent { code, modifiers, kind, .. }) = event::read()? else { return Ok(None) };
    if kind == KeyEventKind::Release {
        return Ok(None);
    }
    Ok(match code {
        KeyCode::Char('c' | 'd') if modifiers.contains(KeyModifiers::CONTROL) => Some(Key::Interrupt),
        KeyCode::Char('u') if modifiers.contains(KeyModifiers::CONTROL) => Some(Key::Clear),
        KeyCode::Char(_) if modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => None,
        KeyCode::Char(c) => Some(Key::Char(c)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Escape),
        KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Left => Some(Key::Left),
        KeyCode::Right => Some(Key::Right),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        _ => None,
    })
}
