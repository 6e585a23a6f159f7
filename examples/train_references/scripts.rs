//! References in scripts other than the Latin one: Russian in the order of GOST, Chinese in that of GB/T 7714, Korean
//! and Japanese.

use citetrail::reference::training::Label;

use crate::noise::Labelled;
use crate::random::Random;

const RUSSIAN_FAMILIES: &[&str] = &[
    "Иванов",
    "Смирнов",
    "Кузнецов",
    "Попов",
    "Васильев",
    "Петров",
    "Соколов",
    "Михайлов",
    "Новиков",
    "Фёдоров",
    "Морозов",
    "Волков",
    "Алексеева",
    "Лебедева",
    "Семёнов",
    "Егорова",
    "Павлов",
    "Козлова",
    "Степанов",
    "Николаев",
    "Шевченко",
];
const RUSSIAN_FIRST: &[&str] =
    &["Проблемы", "Основы", "Развитие", "Анализ", "История", "Методы", "Структура", "Теория", "Динамика", "Роль"];
const RUSSIAN_SECOND: &[&str] = &[
    "социальной политики",
    "регионального развития",
    "электронных систем",
    "языка и культуры",
    "твёрдых тел",
    "сельского хозяйства",
    "высшего образования",
    "горных пород",
    "нервной ткани",
    "рынка труда",
    "русской литературы",
];
const RUSSIAN_JOURNALS: &[&str] = &[
    "Вопросы истории",
    "Журнал прикладной химии",
    "Социологические исследования",
    "Вестник университета",
    "Известия академии наук",
    "Физика твёрдого тела",
    "Экономика и жизнь",
    "Вопросы философии",
    "Доклады академии наук",
    "Мир науки",
];
const RUSSIAN_PUBLISHERS: &[(&str, &str)] = &[
    ("Наука", "М."),
    ("Мысль", "Москва"),
    ("Изд-во университета", "СПб."),
    ("Высшая школа", "М."),
    ("Просвещение", "Минск"),
    ("Логос", "Киев"),
];

const CHINESE_FAMILIES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "林", "高", "郑"];
const CHINESE_GIVEN: &[&str] = &["明", "伟", "小红", "建国", "丽", "志强", "晓东", "敏", "静", "海燕", "文华", "俊杰"];
const CHINESE_FIRST: &[&str] =
    &["城市", "农村", "大学", "水资源", "语言", "企业", "肝癌", "网络", "气候", "教育", "信息", "材料"];
const CHINESE_SECOND: &[&str] = &[
    "发展研究",
    "模型的分析",
    "管理及其应用",
    "变化与对策",
    "结构的比较",
    "系统设计",
    "评价方法",
    "政策述评",
    "的临床观察",
];
const CHINESE_JOURNALS: &[&str] = &[
    "中国社会科学",
    "计算机学报",
    "中华医学杂志",
    "心理学报",
    "管理世界",
    "教育研究",
    "物理学报",
    "地理研究",
    "经济研究",
];
const CHINESE_PUBLISHERS: &[(&str, &str)] = &[
    ("科学出版社", "北京"),
    ("人民出版社", "北京"),
    ("上海人民出版社", "上海"),
    ("中华书局", "北京"),
    ("商务印书馆", "北京"),
];

const KOREAN_NAMES: &[&str] = &[
    "김철수",
    "이영희",
    "박민수",
    "최지우",
    "정수진",
    "강현우",
    "조은영",
    "윤서준",
    "임하늘",
    "한미경",
    "오세훈",
    "서지민",
];
const KOREAN_FIRST: &[&str] = &["대학생의", "도시", "한국", "초등학교", "정보", "청소년의", "지역", "인터넷", "노인"];
const KOREAN_SECOND: &[&str] = &[
    "학습 동기에 관한 연구",
    "정책의 변화 분석",
    "복지 제도의 비교",
    "이용 행태 연구",
    "교육 과정의 효과",
    "문화 의식 조사",
];
const KOREAN_JOURNALS: &[&str] =
    &["한국사회학", "정보관리학회지", "교육학연구", "한국행정학보", "대한지리학회지", "한국문헌정보학회지"];

const JAPANESE_NAMES: &[&str] =
    &["佐藤一郎", "鈴木花子", "高橋健", "田中恵子", "伊藤誠", "渡辺直美", "山本茂", "中村由美", "小林正", "加藤さくら"];
const JAPANESE_FIRST: &[&str] = &["都市における", "日本の", "高齢者の", "情報", "地域社会と", "大学教育における"];
const JAPANESE_SECOND: &[&str] = &["政策の課題", "社会構造の変容", "システムの研究", "評価に関する考察", "行動の分析"];
const JAPANESE_JOURNALS: &[&str] = &["社会学評論", "教育学研究", "情報処理学会論文誌", "地理学評論", "心理学研究"];

/// One reference of an invented work.
pub fn printed(random: &mut Random) -> Labelled {
    match random.below(4) {
        0 | 1 => russian(random),
        2 => chinese(random),
        _ => korean_or_japanese(random),
    }
}

struct Numbers {
    year: String,
    volume: String,
    issue: String,
    pages: String,
}

fn numbers(random: &mut Random) -> Numbers {
    let first = 1 + random.below(300);
    Numbers {
        year: (1960 + random.below(63)).to_string(),
        volume: (1 + random.below(60)).to_string(),
        issue: (1 + random.below(12)).to_string(),
        pages: format!("{first}{}{}", random.pick(&["-", "–", "-", "～"]), first + 1 + random.below(30)),
    }
}

/// Prints a form: `{A}` authors, `{T}` title, `{C}` container, `{U}` publisher, `{L}` place, `{Y}`, `{V}`, `{I}`, `{P}`.
fn fill(form: &str, values: &[(&str, &str, Label)]) -> Labelled {
    let mut out = Labelled::default();
    let mut rest = form;
    while let Some(open) = rest.find('{') {
        out.put(&rest[..open], Label::Other);
        let name = &rest[open + 1..=open + 1];
        if let Some((_, value, label)) = values.iter().find(|(n, ..)| *n == name) {
            out.put(value, *label);
        }
        rest = &rest[open + 3..];
    }
    out.put(rest, Label::Other);
    out
}

fn filled(form: &str, authors: &str, title: &str, container: &str, published: (&str, &str), n: &Numbers) -> Labelled {
    fill(
        form,
        &[
            ("A", authors, Label::Author),
            ("T", title, Label::Title),
            ("C", container, Label::Container),
            ("U", published.0, Label::Publisher),
            ("L", published.1, Label::Place),
            ("Y", &n.year, Label::Date),
            ("V", &n.volume, Label::Volume),
            ("I", &n.issue, Label::Issue),
            ("P", &n.pages, Label::Pages),
        ],
    )
}

fn russian(random: &mut Random) -> Labelled {
    let initials = "АБВГДЕИКЛМНОПРСТ";
    let letter = |random: &mut Random| initials.chars().nth(random.below(16)).unwrap_or('А');
    let gap = random.pick(&["", " "]);
    let comma = random.pick(&["", ","]);
    let authors: Vec<String> = (0..1 + random.below(3))
        .map(|_| format!("{}{comma} {}.{gap}{}.", random.pick(RUSSIAN_FAMILIES), letter(random), letter(random)))
        .collect();
    let title = match random.below(3) {
        0 => format!("{} {}", random.pick(RUSSIAN_FIRST), random.pick(RUSSIAN_SECOND)),
        1 => format!(
            "{} {}: {} подход",
            random.pick(RUSSIAN_FIRST),
            random.pick(RUSSIAN_SECOND),
            random.pick(&["новый", "системный", "исторический"])
        ),
        _ => format!("О {} {}", random.pick(&["природе", "сущности", "методах"]), random.pick(RUSSIAN_SECOND)),
    };
    let form = random.pick(&[
        "{A} {T} // {C}. – {Y}. – Т. {V}, № {I}. – С. {P}.",
        "{A} {T} // {C}. {Y}. Т. {V}. № {I}. С. {P}.",
        "{A} {T} // {C}. – {Y}. – № {I}. – С. {P}.",
        "{A} {T} // {C}, {Y}, т. {V}, № {I}, с. {P}.",
        "{A} ({Y}). {T}. {C}, {V}({I}), {P}.",
        "{A} {T}. {C} {Y}; {V}({I}): {P}.",
        "{A} {T}. – {L}: {U}, {Y}. – 312 с.",
        "{A} {T}. {L}: {U}, {Y}. 248 с.",
        "{A} {T}. – {L} : {U}, {Y}.",
    ]);
    filled(
        form,
        &authors.join(", "),
        &title,
        random.pick(RUSSIAN_JOURNALS),
        random.pick(RUSSIAN_PUBLISHERS),
        &numbers(random),
    )
}

fn chinese(random: &mut Random) -> Labelled {
    let authors: Vec<String> = (0..1 + random.below(3))
        .map(|_| format!("{}{}", random.pick(CHINESE_FAMILIES), random.pick(CHINESE_GIVEN)))
        .collect();
    let mut authors = authors.join(random.pick(&[", ", "，", "、", ","]));
    if random.chance(150) {
        authors.push_str(random.pick(&[", 等", "，等"]));
    }
    let title = format!(
        "{}{}{}",
        random.pick(CHINESE_FIRST),
        random.pick(&["", "社会", "经济", "空间"]),
        random.pick(CHINESE_SECOND)
    );
    let form = random.pick(&[
        "{A}. {T}[J]. {C}, {Y}, {V}({I}): {P}.",
        "{A}.{T}[J].{C},{Y},{V}({I}):{P}.",
        "{A}. {T}. {C}, {Y}, {V}({I}): {P}",
        "{A}，{Y}：《{T}》，《{C}》第{I}期。",
        "{A}：《{T}》，《{C}》{Y}年第{I}期，第{P}页。",
        "{A}. {T}[M]. {L}: {U}, {Y}.",
        "{A}. {T}[M]. {L}: {U}, {Y}: {P}.",
        "{A}：《{T}》，{L}：{U}，{Y}年。",
        "{A}. {T}[D]. {L}: {U}, {Y}.",
    ]);
    filled(form, &authors, &title, random.pick(CHINESE_JOURNALS), random.pick(CHINESE_PUBLISHERS), &numbers(random))
}

fn korean_or_japanese(random: &mut Random) -> Labelled {
    let korean = random.chance(600);
    let (people, first, second, journals) = if korean {
        (KOREAN_NAMES, KOREAN_FIRST, KOREAN_SECOND, KOREAN_JOURNALS)
    } else {
        (JAPANESE_NAMES, JAPANESE_FIRST, JAPANESE_SECOND, JAPANESE_JOURNALS)
    };
    let authors: Vec<&str> = (0..1 + random.below(3)).map(|_| random.pick(people)).collect();
    let authors = authors.join(random.pick(if korean { &[", ", "·", ", "] } else { &[", ", "・", "，"] }));
    let title = format!("{}{}{}", random.pick(first), if korean { " " } else { "" }, random.pick(second));
    let form = if korean {
        random.pick(&[
            "{A} ({Y}). {T}. {C}, {V}({I}), {P}.",
            "{A}. {Y}. {T}. {C}, {V}({I}): {P}.",
            "{A}, “{T},” {C}, 제{V}권 제{I}호, {Y}, pp. {P}.",
            "{A}, \"{T}\", {C}, 제{V}권, 제{I}호, pp.{P}, {Y}.",
            "{A}({Y}). {T}. {C} {V}({I}), {P}.",
        ])
    } else {
        random.pick(&[
            "{A} ({Y}) {T}. {C}, {V}({I}), {P}.",
            "{A}: {T}, {C}, Vol. {V}, No. {I}, pp. {P}, {Y}.",
            "{A}「{T}」『{C}』第{V}巻第{I}号, {Y}年, {P}頁",
            "{A} ({Y}). {T}. {C}, {V}, {P}.",
        ])
    };
    filled(form, &authors, &title, random.pick(journals), ("", ""), &numbers(random))
}
