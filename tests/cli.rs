//! The program as a person or a script uses it: real files, the real binary.

mod cli {
    mod support;

    mod answers;
    mod bibliography_samples;
    mod browser;
    mod bulk;
    mod check;
    mod convert;
    mod durability;
    mod evidence;
    mod export;
    mod hostile;
    mod link;
    mod loopback;
    mod manuscripts;
    mod map;
    mod matching;
    mod online;
    mod parts;
    mod passages;
    mod project;
    mod readme;
    mod refs_add;
    mod refs_dedupe;
    mod refs_edit;
    mod refs_import;
    mod refs_list;
    mod refs_lossless;
    mod refs_rekey;
    mod refs_search;
    mod refs_set;
    mod refs_tidy;
    mod report;
    mod resolve;
    mod resolve_check;
    mod resolve_online;
    #[cfg(unix)]
    mod review;
    mod sarif;
    mod shared_data;
    #[cfg(unix)]
    mod terminal;
    mod two_clones;
    mod verdicts;
    mod works_index;
}
