//! A tree of elements and text in one vector; ids are indices, so nothing recurses to drop it.

/// Elements deeper than this are taken as part of the one round them: readers recurse over the tree.
const MAX_DEPTH: usize = 160;

pub(in crate::document) type NodeId = usize;

#[derive(Debug)]
pub(in crate::document) enum Node {
    Element {
        /// In lower case for HTML, without prefix for XML.
        name: String,
        attributes: Vec<(String, String)>,
        children: Vec<NodeId>,
    },
    Text {
        text: String,
        /// Byte offset in the source.
        start: usize,
    },
}

#[derive(Debug)]
pub(in crate::document) struct Tree {
    nodes: Vec<Node>,
    /// The open elements; none for those that are too deep.
    open: Vec<(String, Option<NodeId>)>,
}

impl Tree {
    pub const ROOT: NodeId = 0;

    pub fn new() -> Self {
        let root = Node::Element { name: String::new(), attributes: Vec::new(), children: Vec::new() };
        Self { nodes: vec![root], open: Vec::new() }
    }

    fn innermost(&self) -> NodeId {
        // Those that are too deep are all on top.
        self.open
            .get(..self.open.len().min(MAX_DEPTH))
            .and_then(|o| o.iter().rev().find_map(|e| e.1))
            .unwrap_or(Self::ROOT)
    }

    fn add(&mut self, node: Node) -> NodeId {
        let id = self.nodes.len();
        let parent = self.innermost();
        self.nodes.push(node);
        if let Node::Element { children, .. } = &mut self.nodes[parent] {
            children.push(id);
        }
        id
    }

    pub fn open(&mut self, name: String, attributes: Vec<(String, String)>) {
        let id = (self.open.len() < MAX_DEPTH)
            .then(|| self.add(Node::Element { name: name.clone(), attributes, children: Vec::new() }));
        self.open.push((name, id));
    }

    pub fn close(&mut self) -> Option<String> {
        self.open.pop().map(|o| o.0)
    }

    /// The names of the open elements, innermost first.
    pub fn open_names(&self) -> impl Iterator<Item = &str> {
        self.open.iter().rev().map(|o| o.0.as_str())
    }

    pub fn text(&mut self, text: String, start: usize) {
        if !text.is_empty() {
            self.add(Node::Text { text, start });
        }
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// The name of an element; empty for text.
    pub fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id] {
            Node::Element { name, .. } => name,
            Node::Text { .. } => "",
        }
    }

    pub fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match &self.nodes[id] {
            Node::Element { attributes, .. } => attributes.iter().find(|a| a.0 == wanted).map(|a| a.1.as_str()),
            Node::Text { .. } => None,
        }
    }

    pub fn children(&self, id: NodeId) -> &[NodeId] {
        match &self.nodes[id] {
            Node::Element { children, .. } => children,
            Node::Text { .. } => &[],
        }
    }

    /// The first child of this name.
    pub fn child(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).iter().copied().find(|&c| self.name(c) == name)
    }

    /// All elements and texts below, in document order.
    pub fn below(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut next: Vec<NodeId> = self.children(id).iter().rev().copied().collect();
        while let Some(id) = next.pop() {
            found.push(id);
            next.extend(self.children(id).iter().rev());
        }
        found
    }

    /// The first element below of this name.
    pub fn find(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.below(id).into_iter().find(|&c| self.name(c) == name)
    }

    /// All text below on one line; `between` stands between pieces of different elements.
    pub fn plain(&self, id: NodeId, between: &str) -> String {
        let mut text = String::new();
        for node in self.below(id) {
            if let Node::Text { text: piece, .. } = self.node(node) {
                text.push_str(piece);
                text.push_str(between);
            }
        }
        clean(&text)
    }
}

/// One line without invisible characters.
pub(in crate::document) fn clean(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' | '\t' | '\r' => Some(' '),
        '\u{ad}' => None,
        c if c.is_control() => None,
        c => crate::document::clean::plain(c).map(|c| if c == '\n' { ' ' } else { c }),
    };
    crate::text::collapse_spaces(&text.chars().filter_map(visible).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_bounded() {
        let mut tree = Tree::new();
        for _ in 0..100_000 {
            tree.open("a".to_owned(), Vec::new());
        }
        tree.text("x".to_owned(), 0);
        while tree.close().is_some() {}
        assert_eq!((tree.below(Tree::ROOT).len(), tree.plain(Tree::ROOT, "").as_str()), (MAX_DEPTH + 1, "x"));
    }
}
