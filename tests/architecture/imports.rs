//! Which file of `src` uses which: paths that begin with `crate`, `super`, `self` or the name of a child module, followed
//! through `pub use` to the file that defines the name.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The path of a module below `crate`: `["app", "keys"]`.
type ModulePath = Vec<String>;

/// A file of the crate, without its comments, texts and tests.
#[derive(Debug)]
struct SourceFile {
    path: String,
    code: String,
}

/// The files of the crate by the paths of their modules.
#[derive(Debug, Default)]
pub struct Crate {
    files: BTreeMap<ModulePath, SourceFile>,
    /// What `use` makes known in a module: a name, and the path that it stands for.
    names: BTreeMap<ModulePath, BTreeMap<String, Vec<String>>>,
}

impl Crate {
    /// Reads files, given by their paths below `src` and their texts.
    pub fn read(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            let mut module: ModulePath = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if module.last().is_some_and(|name| name == "mod" || name == "lib") {
                module.pop();
            }
            tree.files.insert(module, SourceFile { path, code: code_of(&text) });
        }
        let names = tree.files.iter().map(|(module, file)| (module.clone(), tree.declared(module, &file.code)));
        tree.names = names.collect();
        tree
    }

    /// Returns the files that each file uses, itself left out.
    pub fn uses(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut all = BTreeMap::new();
        for (module, file) in &self.files {
            let mut used = BTreeSet::new();
            for (path, is_reexport) in paths(&file.code) {
                // A module that only hands a name on does not use it.
                if is_reexport {
                    continue;
                }
                if let Some(target) = self.absolute(module, &path).and_then(|path| self.defining_file(&path, 0)) {
                    used.insert(target);
                }
            }
            used.remove(file.path.as_str());
            all.insert(file.path.as_str(), used);
        }
        all
    }

    /// Turns a path as it is written in a module into one that begins at the crate; `None` if it leaves the crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Vec<String>> {
        let first = path.first()?;
        let mut base = module.to_vec();
        let mut rest = path;
        match first.as_str() {
            "crate" => {
                base.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    base.pop()?;
                    rest = &rest[1..];
                }
            }
            name => {
                let child = [module, &[name.to_owned()]].concat();
                if !self.files.contains_key(&child) {
                    let known = self.names.get(module)?.get(name)?;
                    return Some([known, &path[1..]].concat());
                }
            }
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// Returns the file that defines what a path from the crate names.
    fn defining_file(&self, path: &[String], depth: usize) -> Option<&str> {
        if depth > 8 {
            return None;
        }
        let known = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(known);
        if let Some(target) = rest.first().and_then(|name| self.names.get(module)?.get(name)) {
            let path = [target, &rest[1..]].concat();
            return self.defining_file(&path, depth + 1);
        }
        // A module without an item is only a way to one, or the scope of a visibility.
        (!module.is_empty() && !rest.is_empty()).then(|| self.files[module].path.as_str())
    }

    fn declared(&self, module: &ModulePath, code: &str) -> BTreeMap<String, Vec<String>> {
        let mut names = BTreeMap::new();
        for statement in uses_of(code) {
            for (path, name) in statement.leaves {
                let child = path.first().is_some_and(|first| {
                    matches!(first.as_str(), "crate" | "self" | "super")
                        || self.files.contains_key(&[module.as_slice(), std::slice::from_ref(first)].concat())
                });
                if let Some(path) = child.then(|| self.absolute(module, &path)).flatten() {
                    names.insert(name, path);
                }
            }
        }
        names
    }
}

/// One `use`, and the paths in it with the names that they have from then on.
struct UseStatement {
    /// Where it stands in the code, in bytes.
    range: Range<usize>,
    is_reexport: bool,
    leaves: Vec<(Vec<String>, String)>,
}

fn uses_of(code: &str) -> Vec<UseStatement> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].trim_end();
        let line = code[..at].rsplit('\n').next().unwrap_or_default().trim();
        let starts = before.is_empty() || before.ends_with([';', '}', '{', ']']) || line.starts_with("pub");
        if !starts || !(line.is_empty() || line.starts_with("pub")) {
            continue;
        }
        let tree = code[at + 4..].split(';').next().unwrap_or_default();
        let range = at..at + 4 + tree.len();
        let mut leaves = Vec::new();
        expand(tree, &[], &mut leaves);
        found.push(UseStatement { range, is_reexport: line.starts_with("pub"), leaves });
    }
    found
}

/// Writes out the leaves of the tree of a `use`.
fn expand(tree: &str, prefix: &[String], leaves: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    if let Some(open) = tree.find('{') {
        let head: Vec<String> = tree[..open]
            .trim()
            .trim_end_matches("::")
            .split("::")
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let prefix = [prefix, &head].concat();
        let inside = &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())];
        let (mut depth, mut from) = (0_i32, 0);
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(&inside[from..at], &prefix, leaves);
                    from = at + 1;
                }
                _ => {}
            }
        }
        expand(&inside[from..], &prefix, leaves);
    } else if !tree.is_empty() {
        let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias.trim())));
        let mut parts: Vec<String> = path.trim().split("::").map(|part| part.trim().to_owned()).collect();
        if parts.last().is_some_and(|part| part == "self") {
            parts.pop();
        }
        let path = [prefix, &parts].concat();
        let name = alias.or(path.last().map(String::as_str)).unwrap_or_default().to_owned();
        leaves.push((path, name));
    }
}

/// Returns all paths of a file, and whether they are only handed on by `pub use`.
fn paths(code: &str) -> Vec<(Vec<String>, bool)> {
    let mut found: Vec<(Vec<String>, bool)> = Vec::new();
    let mut other_code = code.to_owned();
    for statement in uses_of(code) {
        found.extend(statement.leaves.into_iter().map(|(path, _)| (path, statement.is_reexport)));
        other_code.replace_range(statement.range.clone(), &" ".repeat(statement.range.len()));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = &*other_code;
    while let Some(at) = rest.find("::") {
        let head = rest[..at].rsplit(|c: char| !is_name(c)).next().unwrap_or_default();
        let is_inner = rest[..at - head.len()].ends_with("::");
        let mut path = vec![head.to_owned()];
        let mut after = &rest[at..];
        while let Some(next) = after.strip_prefix("::") {
            let part: String = next.chars().take_while(|c| is_name(*c)).collect();
            after = &next[part.len()..];
            if part.is_empty() {
                break;
            }
            path.push(part);
        }
        rest = if after.len() == rest[at..].len() { &rest[at + 2..] } else { after };
        if !is_inner && path.len() > 1 {
            found.push((path, false));
        }
    }
    found
}

/// Returns the code without comments, texts, `pub use` and the tests at its end.
fn code_of(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let mut chars = line.char_indices().peekable();
        let mut is_text = false;
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if is_text => {
                    chars.next();
                }
                '"' => is_text = !is_text,
                '/' if !is_text && line[at..].starts_with("//") => break,
                c if !is_text => code.push(c),
                _ => {}
            }
        }
        code.push('\n');
    }
    code
}

/// Returns the groups of files that all use one another, by whatever way, the largest first.
pub fn circles(uses: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<Vec<String>> {
    let reachable: BTreeMap<&str, BTreeSet<&str>> = uses
        .keys()
        .map(|from| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![*from]);
            while let Some(file) = open.pop() {
                for next in uses.get(file).into_iter().flatten() {
                    if seen.insert(*next) {
                        open.push(next);
                    }
                }
            }
            (*from, seen)
        })
        .collect();
    let mut groups: BTreeSet<Vec<String>> = BTreeSet::new();
    for (file, reached) in &reachable {
        let group: Vec<String> = reached
            .iter()
            .filter(|other| reachable.get(*other).is_some_and(|back| back.contains(file)))
            .map(|other| (*other).to_owned())
            .collect();
        if group.len() > 1 {
            groups.insert(group);
        }
    }
    let mut groups: Vec<Vec<String>> = groups.into_iter().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}
