// edition:2024
// Edits of a document: undo stacks, cursors that iterate, builders, and `?` in closures.
// add: Document::slice
// add: width
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
enum Edit {
    Insert(usize, String),
    Remove(Range<usize>),
    Group(Vec<Edit>),
}

#[derive(Debug, PartialEq)]
enum EditError {
    Outside(usize),
    Nothing,
}

#[derive(Default, Clone)]
struct Document {
    text: String,
    undo: Vec<Edit>,
    marks: HashMap<String, usize>,
}

fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        c if c.is_ascii() => 1,
        _ => 2,
    }
}

impl Document {
    fn new(text: impl Into<String>) -> Self {
        Document { text: text.into(), ..Default::default() }
    }

    fn slice(&self, range: Range<usize>) -> Result<&str, EditError> {
        let end = range.end;
        self.text.get(range).ok_or(EditError::Outside(end))
    }

    fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        Ok(match edit {
            Edit::Insert(at, text) => {
                self.slice(*at..*at)?;
                self.text.insert_str(*at, text);
                self.marks.values_mut().filter(|mark| **mark >= *at).for_each(|mark| *mark += text.len());
                Edit::Remove(*at..at + text.len())
            }
            Edit::Remove(range) => {
                let removed = self.slice(range.clone())?.to_string();
                self.text.replace_range(range.clone(), "");
                Edit::Insert(range.start, removed)
            }
            Edit::Group(edits) => {
                let mut back = edits
                    .iter()
                    .map(|edit| self.apply(edit))
                    .collect::<Result<Vec<_>, _>>()?;
                back.reverse();
                Edit::Group(back)
            }
        })
    }

    fn edit(&mut self, edit: Edit) -> Result<&mut Self, EditError> {
        let back = self.apply(&edit)?;
        self.undo.push(back);
        Ok(self)
    }

    fn undo(&mut self) -> Result<(), EditError> {
        let edit = self.undo.pop().ok_or(EditError::Nothing)?;
        self.apply(&edit).map(drop)
    }

    fn columns(&self) -> Vec<usize> {
        self.text.lines().map(|line| line.chars().map(width).sum()).collect()
    }

    fn wrap(&self, limit: usize) -> Vec<Cow<'_, str>> {
        let mut lines = Vec::new();
        for line in self.text.lines() {
            if line.chars().map(|c| width(c)).sum::<usize>() <= limit {
                lines.push(Cow::Borrowed(line));
                continue;
            }
            let mut current = String::new();
            let mut used = 0;
            for c in line.chars() {
                let more = width(c);
                if used + more > limit && !current.is_empty() {
                    lines.push(Cow::Owned(std::mem::take(&mut current)));
                    used = 0;
                }
                current.push(c);
                used += more;
            }
            lines.push(current.into());
        }
        lines
    }

    fn words(&self) -> impl Iterator<Item = (usize, &str)> + '_ {
        self.text.split(' ').scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
    }

    fn replace_all(&mut self, word: &str, with: &str) -> Result<usize, EditError> {
        let places: Vec<usize> = self
            .words()
            .filter(|(start, other)| self.slice(*start..start + other.len()).is_ok_and(|s| s == word))
            .map(|(start, _)| start)
            .collect();
        let edits = places
            .iter()
            .rev()
            .flat_map(|start| [Edit::Remove(*start..start + word.len()), Edit::Insert(*start, with.to_string())])
            .collect();
        self.edit(Edit::Group(edits))?;
        Ok(places.len())
    }
}

fn main() -> Result<(), EditError> {
    let mut document = Document::new("the cat and the dog\nö\tlong line here");
    document.marks.insert("dog".into(), 16);
    println!("{:?} {:?}", document.columns(), document.wrap(8));
    println!("{:?}", document.replace_all("the", "a"));
    println!("{:?} {:?}", document.text, document.marks.get("dog"));
    document.edit(Edit::Insert(0, "so ".into()))?.edit(Edit::Remove(3..5))?;
    println!("{:?}", document.slice(0..6));
    println!("{:?}", document.edit(Edit::Remove(50..60)).err());
    while document.undo().is_ok() {
        println!("{}", document.text.lines().next().unwrap_or(""));
    }
    println!("{:?}", document.undo());
    println!("{:?}", document.words().filter(|(_, word)| word.chars().all(|c| width(c) == 1)).count());
    Ok(())
}
