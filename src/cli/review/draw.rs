//! What a reviewer sees: the pair, its reference and passages, the keys.

use ratatui::Frame;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use textwrap::core::display_width;

use super::session::{Mode, Session};
use crate::cli::marks::{self, Quotes};
use crate::cli::output::wrap;
use crate::review::{PairState, Standing, Verdict};
use crate::text::inert_line;

/// What is shown of a pair.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub document: String,
    /// The way to the claim.
    pub trail: String,
    pub before: Option<String>,
    pub claim: String,
    pub after: Option<String>,
    /// How the work comes to stand behind the claim.
    pub origin: String,
    pub key: String,
    pub reference: String,
    pub standing: Standing,
    pub quotes: Quotes,
    /// Text and place.
    pub passages: Vec<(String, String)>,
    /// Whether any text of the work is at hand.
    pub has_text: bool,
}

/// How far the whole project is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress {
    pub settled: usize,
    pub pairs: usize,
}

const DIM: Style = Style::new().add_modifier(Modifier::DIM);
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const KEY: Style = Style::new().fg(Color::Cyan);
const WARN: Style = Style::new().fg(Color::Yellow);

/// Draws the screen; returns how many lines of the pair have no room.
pub(super) fn draw(frame: &mut Frame<'_>, session: &Session, shown: Option<&Shown>, progress: Progress) -> usize {
    let area = frame.area();
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let mut top = vec![head(session, progress, width)];
    let bottom = foot(session, width);
    let room = height.saturating_sub(bottom.len() + top.len());
    let (lines, chosen_end) = match (&session.mode, shown) {
        (Mode::Help, _) => (help(), 0),
        (_, Some(shown)) => pair(session, shown, width, room),
        (_, None) => (end(session), 0),
    };
    let beyond = lines.len().saturating_sub(room);
    // The chosen passage is in sight, unless the person leafs.
    let follow = if session.passage > 0 { (chosen_end + 1).saturating_sub(room) } else { 0 };
    let first = if session.scroll > 0 { session.scroll } else { follow }.min(beyond);
    let mut middle: Vec<Line<'static>> = lines.into_iter().skip(first).take(room).collect();
    if let (true, Some(last)) = (first < beyond, middle.last_mut()) {
        *last = Line::styled("  … more: PgDn", DIM);
    }
    middle.resize(room, Line::default());
    top.extend(middle);
    top.extend(bottom);
    frame.render_widget(Paragraph::new(top), area);
    beyond
}

fn head(session: &Session, progress: Progress, width: usize) -> Line<'static> {
    const NAME: &str = " review ";
    let place = match session.at() {
        Some(at) => format!("pair {} of {}", at + 1, session.total()),
        None => format!("{} pairs", session.total()),
    };
    let Progress { settled, pairs } = progress;
    let counts = format!("· {} judged now · {settled} of {pairs} settled", session.judged());
    // The filter gets what the figures leave.
    let room = width.saturating_sub(NAME.len() + place.len() + display_width(&counts) + 5).max(1);
    let filter = if session.filter.is_empty() { "unsettled" } else { &session.filter };
    Line::from(vec![
        Span::styled(NAME, Style::new().add_modifier(Modifier::REVERSED)),
        Span::raw(format!(" {place} ({}) {counts}", cut(filter, room))),
    ])
}

/// The lines of a pair, and how many there are to the end of the chosen passage.
fn pair(session: &Session, shown: &Shown, width: usize, room: usize) -> (Vec<Line<'static>>, usize) {
    let mut lines = vec![Line::default()];
    let mut add = |text: &str, style: Style, first: &str, rest: &str| {
        lines.extend(wrapped(text, width, first, rest).into_iter().map(|l| Line::styled(l, style)));
    };
    let trail: Vec<&str> = [shown.document.as_str(), &shown.trail].into_iter().filter(|t| !t.is_empty()).collect();
    add(&trail.join(" › "), DIM, "", "  ");
    if let Some(before) = shown.before.as_deref().filter(|_| room > 14) {
        add(&cut(before, width.saturating_sub(4)), DIM, "  ", "  ");
    }
    add(&shown.claim, BOLD, "▌ ", "▌ ");
    if let Some(after) = shown.after.as_deref().filter(|_| room > 14) {
        add(&cut(after, width.saturating_sub(4)), DIM, "  ", "  ");
    }
    add("", Style::new(), "", "");
    add(&format!("{}: {}", shown.key, shown.origin), KEY, "", "  ");
    add(&shown.reference, Style::new(), "  ", "    ");
    if shown.standing.state != PairState::Open {
        let plain =
            anstream::adapter::strip_str(&marks::opinions(&shown.standing, &shown.claim, &shown.quotes, width, "  "))
                .to_string();
        plain.lines().for_each(|line| lines.push(Line::styled(line.to_owned(), WARN)));
    }
    lines.push(Line::default());
    let mut chosen_end = 0;
    for (i, (text, place)) in shown.passages.iter().enumerate() {
        let chosen = i == session.passage;
        let style = if chosen { Style::new() } else { DIM };
        let first = if chosen { "→ “" } else { "  “" };
        let text = wrapped(&format!("{text}”"), width, first, "   ");
        lines.extend(text.into_iter().map(|l| Line::styled(l, style)));
        lines.push(Line::styled(format!("     {}", cut(place, width.saturating_sub(6))), DIM));
        if chosen {
            chosen_end = lines.len();
        }
    }
    if shown.passages.is_empty() {
        let hint = match shown.has_text {
            true => "no sentence of the text at hand shares a word with the claim".to_owned(),
            false => format!("no text at hand; `citetrail attach {} FILE` adds it", shown.key),
        };
        lines.extend(wrapped(&hint, width, "  ", "  ").into_iter().map(|l| Line::styled(l, DIM)));
    }
    (lines, chosen_end)
}

fn foot(session: &Session, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Mode::Typing { field, line } = &session.mode {
        // The end of a long line is where it is typed.
        let room = width.saturating_sub(12);
        let line = inert_line(line);
        let starts = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        let seen = starts.map(|at| &line[at..]).find(|rest| display_width(rest) <= room).unwrap_or_default();
        lines.push(Line::from(vec![Span::styled(format!("{}: ", field.label()), KEY), Span::raw(format!("{seen}█"))]));
        lines.push(Line::styled("Enter takes it, Esc leaves it", DIM));
        return lines;
    }
    let draft = &session.draft;
    let drafted: Vec<String> = [("quote", &draft.quote), ("page", &draft.page), ("note", &draft.note)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| format!("{label}: {}", cut(text, 30)))
        .collect();
    if !drafted.is_empty() {
        lines.push(Line::styled(cut(&drafted.join("  "), width), KEY));
    }
    if !session.message.is_empty() {
        lines.push(Line::styled(cut(&session.message, width), WARN));
    }
    let verdicts: Vec<Span<'static>> = Verdict::ALL
        .iter()
        .enumerate()
        .flat_map(|(i, verdict)| {
            let name = if *verdict == Verdict::Partly { "partly" } else { verdict.words() };
            [Span::styled(format!("{} ", i + 1), KEY), Span::raw(format!("{name} "))]
        })
        .collect();
    lines.push(Line::from(verdicts));
    lines.push(Line::styled("q quote  p page  n note  s skip  b back  u undo  f filter  ? help  x exit", DIM));
    lines
}

fn help() -> Vec<Line<'static>> {
    const TEXT: &str = "
1  supported       the work says what the claim says
2  partly          a part of it, or something weaker
3  not supported   it speaks of the matter and does not support the claim
4  contradicted    it says the opposite
5  not addressed   it does not speak of the matter
6  no access       you could not read it (no judgement)

q  quote           the chosen passage (↑ ↓), or your own words from the work
p  page   n  note  go with the next verdict
s  skip   b  back  → and ← do the same; PgUp and PgDn leaf through a long pair
u  undo            the last verdict of this session
f  filter          state:open|stale|conflict|no-access|checked|all doc: section:
                   by: not-by: and words of the claim or key; Ctrl-U empties it
x  exit            every verdict is on disk before the next pair is shown

any key leads back";
    TEXT.lines().map(Line::raw).collect()
}

fn end(session: &Session) -> Vec<Line<'static>> {
    let text = match session.total() {
        0 => "No pair is like that. f chooses others, x leaves.".to_owned(),
        _ => format!("That was the last pair; {} judged. b goes back, f chooses others, x leaves.", session.judged()),
    };
    vec![Line::default(), Line::raw(text)]
}

fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    wrap(text, width, first, rest).lines().map(str::to_owned).collect()
}

/// A text on one line of at most `width` columns; a character may take two.
fn cut(text: &str, width: usize) -> String {
    let text = inert_line(text);
    if display_width(&text) <= width {
        return text;
    }
    let (mut shown, mut columns) = (String::new(), 0);
    for c in text.chars() {
        columns += display_width(c.encode_utf8(&mut [0; 4]));
        if columns >= width {
            break;
        }
        shown.push(c);
    }
    shown + "…"
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;
    use crate::cli::review::session::Key;

    fn shown() -> Shown {
        Shown {
            document: "entry.txt".to_owned(),
            trail: "Causes › 1 Inherited forms".to_owned(),
            before: Some("Inherited forms".to_owned()),
            claim: "Early onset".to_owned(),
            after: Some("With fever \u{1b}[31m".to_owned()),
            origin: "inherited from “Inherited forms”, 1 level up".to_owned(),
            key: "baker2002".to_owned(),
            reference: "Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4), 5–9."
                .to_owned(),
            standing: Standing::open(),
            quotes: Quotes::new(),
            passages: vec![("Onset was early.".to_owned(), "sources/baker2002.txt: Results, sentence 3".to_owned())],
            has_text: true,
        }
    }

    #[test]
    fn the_figures_of_a_large_project_fit_on_80_columns() {
        let mut session = Session::new(10_000, "state:all section:causes by:ada".to_owned());
        (0..4_000).for_each(|_| session.recorded(String::new()));
        let line = head(&session, Progress { settled: 10_000, pairs: 10_000 }, 80).to_string();
        assert_eq!(line, " review  pair 4001 of 10000 (state:…) · 4000 judged now · 10000 of 10000 settled");
    }

    fn screen(session: &Session, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let progress = Progress { settled: 3, pairs: 9 };
        terminal.draw(|frame| _ = draw(frame, session, Some(&shown()), progress)).unwrap();
        terminal.backend().to_string()
    }

    #[test]
    fn a_pair_at_80_by_24() {
        let screen = screen(&Session::new(2, String::new()), 80, 24);
        let lines: Vec<&str> = screen.lines().map(|line| line.trim_matches('"').trim_end()).collect();
        insta::assert_snapshot!(lines[..15].join("\n"), @r"
         review  pair 1 of 2 (unsettled) · 0 judged now · 3 of 9 settled

        entry.txt › Causes › 1 Inherited forms
          Inherited forms
        ▌ Early onset
          With fever ␛[31m

        baker2002: inherited from “Inherited forms”, 1 level up
          Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples,
            3(4), 5–9.

        → “Onset was early.”
             sources/baker2002.txt: Results, sentence 3
        ");
        assert_eq!(lines.len(), 24);
        assert_eq!(lines[22], "1 supported 2 partly 3 not supported 4 contradicted 5 not addressed 6 no access");
    }

    #[test]
    fn any_size_can_be_drawn() {
        let mut session = Session::new(2, String::new());
        for (width, height) in [(80, 24), (40, 10), (20, 5), (1, 1), (2, 40), (200, 60)] {
            screen(&session, width, height);
        }
        session.key(Key::Char('n'), &[]);
        assert!(screen(&session, 80, 24).contains("note: █"));
        session.mode = Mode::Help;
        assert!(screen(&session, 80, 24).contains("every verdict is on disk"));
    }

    #[test]
    fn a_long_pair_is_leafed_through_and_the_chosen_passage_is_in_sight() {
        let mut long = shown();
        long.claim = "A long claim. ".repeat(30);
        long.passages =
            (1..=6).map(|i| (format!("Passage {i}. {}", "日本語の文 ".repeat(15)), "text".to_owned())).collect();
        let texts: Vec<String> = long.passages.iter().map(|(text, _)| text.clone()).collect();
        let mut session = Session::new(1, String::new());
        let screen = |session: &mut Session| {
            let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
            let mut beyond = 0;
            terminal.draw(|frame| beyond = draw(frame, session, Some(&long), Progress::default())).unwrap();
            session.limit_scroll(beyond);
            terminal.backend().to_string()
        };
        let first = screen(&mut session);
        assert!(
            first.contains("Passage 1") && !first.contains("Passage 6") && first.contains("… more: PgDn"),
            "{first}"
        );
        (0..5).for_each(|_| drop(session.key(Key::Down, &texts)));
        assert!(screen(&mut session).contains("→ “Passage 6"));
        (0..20).for_each(|_| {
            session.key(Key::PageDown, &texts);
            screen(&mut session);
        });
        let last = screen(&mut session);
        assert!(last.contains("Passage 6") && !last.contains("more: PgDn"), "{last}");
        session.key(Key::PageUp, &texts);
        assert_ne!(screen(&mut session), last);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(cut("日本語の文", 10), "日本語の文");
        assert_eq!(cut("日本語の文", 9), "日本語の…");
        assert_eq!(cut("abc", 2), "a…");
    }
}
