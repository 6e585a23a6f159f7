//! Commands that stand for a character, an accent or a typeface.

/// The text a command without argument stands for.
pub(super) fn symbol(command: &str) -> Option<&'static str> {
    Some(match command {
        "textbackslash" | "backslash" => "\\",
        "textbraceleft" | "lbrace" => "{",
        "textbraceright" | "rbrace" => "}",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textasciigrave" => "`",
        "textquotesingle" => "'",
        "textquotedbl" => "\"",
        "textdollar" => "$",
        "textunderscore" => "_",
        "textless" | "lt" => "<",
        "textgreater" | "gt" => ">",
        "textbar" | "vert" | "mid" => "|",
        "textendash" => "–",
        "textemdash" => "—",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "quotedblbase" | "glqq" => "„",
        "quotesinglbase" => "‚",
        "guillemotleft" | "guillemetleft" | "flqq" => "«",
        "guillemotright" | "guillemetright" | "frqq" => "»",
        "guilsinglleft" => "‹",
        "guilsinglright" => "›",
        "textexclamdown" => "¡",
        "textquestiondown" => "¿",
        "textbullet" | "bullet" => "•",
        "textperiodcentered" | "cdot" => "·",
        "textdagger" | "dag" | "dagger" => "†",
        "textdaggerdbl" | "ddag" | "ddagger" => "‡",
        "textregistered" => "®",
        "texttrademark" => "™",
        "textcopyright" | "copyright" => "©",
        "textsection" | "S" => "§",
        "textparagraph" | "P" => "¶",
        "textdegree" | "degree" => "°",
        "textordfeminine" => "ª",
        "textordmasculine" => "º",
        "texteuro" | "euro" => "€",
        "pounds" | "textsterling" => "£",
        "textyen" | "yen" => "¥",
        "textellipsis" | "ldots" | "dots" | "dotsc" => "…",
        "textmu" | "mu" => "μ",
        "textsuperscriptone" => "¹",
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "th" => "þ",
        "TH" => "Þ",
        "ss" => "ß",
        "SS" => "ẞ",
        "i" => "ı",
        "j" => "ȷ",
        "TeX" => "TeX",
        "LaTeX" => "LaTeX",
        "BibTeX" => "BibTeX",
        "alpha" | "textalpha" => "α",
        "beta" | "textbeta" => "β",
        "gamma" | "textgamma" => "γ",
        "delta" | "textdelta" => "δ",
        "epsilon" | "varepsilon" | "textepsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" | "vartheta" => "θ",
        "iota" => "ι",
        "kappa" | "textkappa" => "κ",
        "lambda" | "textlambda" => "λ",
        "nu" => "ν",
        "xi" => "ξ",
        "pi" => "π",
        "rho" | "varrho" => "ρ",
        "sigma" => "σ",
        "varsigma" => "ς",
        "tau" => "τ",
        "upsilon" => "υ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "Gamma" => "Γ",
        "Delta" => "Δ",
        "Theta" => "Θ",
        "Lambda" => "Λ",
        "Xi" => "Ξ",
        "Pi" => "Π",
        "Sigma" => "Σ",
        "Phi" => "Φ",
        "Psi" => "Ψ",
        "Omega" => "Ω",
        "pm" | "textpm" => "±",
        "times" | "texttimes" => "×",
        "div" | "textdiv" => "÷",
        "leq" | "le" => "≤",
        "geq" | "ge" => "≥",
        "neq" | "ne" => "≠",
        "approx" => "≈",
        "sim" => "∼",
        "equiv" => "≡",
        "infty" => "∞",
        "partial" => "∂",
        "sum" => "∑",
        "prod" => "∏",
        "int" => "∫",
        "sqrt" => "√",
        "in" => "∈",
        "subset" => "⊂",
        "cup" => "∪",
        "cap" => "∩",
        "to" | "rightarrow" => "→",
        "leftarrow" => "←",
        "leftrightarrow" => "↔",
        "Rightarrow" => "⇒",
        "langle" | "textlangle" => "⟨",
        "rangle" | "textrangle" => "⟩",
        "prime" => "′",
        "circ" => "°",
        "ell" => "ℓ",
        "hbar" => "ℏ",
        "star" => "⋆",
        "ast" => "∗",
        "quad" | "qquad" | "space" | "newline" | "thinspace" => " ",
        "nobreakspace" => "\u{a0}",
        "relax" | "protect" | "noindent" | "nolinebreak" | "allowbreak" | "hskip" | "vphantom" | "limits" => "",
        "hyphen" => "-",
        "slash" => "/",
        "par" => "\n\n",
        _ => return super::rare_symbols::symbol(command),
    })
}

/// The combining character of an accent command.
pub(super) fn accent(command: &str) -> Option<char> {
    Some(match command {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// What an accent over nothing looks like.
pub(super) fn spacing_accent(combining: char) -> char {
    match combining {
        '\u{300}' => '`',
        '\u{301}' => '´',
        '\u{302}' => '^',
        '\u{303}' => '~',
        '\u{304}' => '¯',
        '\u{308}' => '¨',
        '\u{327}' => '¸',
        other => other,
    }
}

/// Inline markup of CSL-JSON: opening and closing tag.
pub(super) type Markup = (&'static str, &'static str);

pub(super) const ITALIC: Markup = ("<i>", "</i>");
pub(super) const BOLD: Markup = ("<b>", "</b>");
pub(super) const SUPERSCRIPT: Markup = ("<sup>", "</sup>");
pub(super) const SUBSCRIPT: Markup = ("<sub>", "</sub>");
pub(super) const SMALL_CAPS: Markup = ("<span style=\"font-variant:small-caps;\">", "</span>");
pub(super) const NO_CASE: Markup = ("<span class=\"nocase\">", "</span>");
const NONE: Markup = ("", "");

/// What a command does to its argument: the markup put around it; `("", "")` for none.
pub(super) fn markup(command: &str) -> Option<Markup> {
    Some(match command {
        "emph" | "textit" | "textsl" | "mkbibemph" | "mathit" => ITALIC,
        "textbf" | "mkbibbold" | "mathbf" => BOLD,
        "textsuperscript" | "mkbibsuperscript" => SUPERSCRIPT,
        "textsubscript" | "mkbibsubscript" => SUBSCRIPT,
        "textsc" => SMALL_CAPS,
        "mkbibquote" | "enquote" => ("“", "”"),
        "text" | "textrm" | "textnormal" | "textup" | "textmd" | "textsf" | "texttt" | "mbox" | "hbox" | "fbox"
        | "ensuremath" | "mathrm" | "mathsf" | "mathtt" | "mathcal" | "mathbb" | "operatorname" | "underline"
        | "uline" | "textgreek" | "foreignlanguage" | "texorpdfstring" => NONE,
        _ => return None,
    })
}

/// What a command does to the rest of its group.
pub(super) fn switch(command: &str) -> Option<Markup> {
    Some(match command {
        "em" | "it" | "itshape" | "sl" | "slshape" => ITALIC,
        "bf" | "bfseries" => BOLD,
        "sc" | "scshape" => SMALL_CAPS,
        "rm" | "rmfamily" | "sf" | "sffamily" | "tt" | "ttfamily" | "normalfont" | "upshape" | "small" | "large"
        | "footnotesize" | "scriptsize" | "displaystyle" | "cyr" | "selectfont" => NONE,
        _ => return None,
    })
}
