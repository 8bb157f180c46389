//! `#[derive(Named)]` gives a type its own name; `#[traced]` counts the calls of
//! a function in a counter called `CALLS`, which must be in scope.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

#[proc_macro_derive(Named)]
pub fn named(item: TokenStream) -> TokenStream {
    let mut tokens = item.into_iter();
    let name = loop {
        match tokens.next() {
            Some(TokenTree::Ident(word)) if ["struct", "enum"].contains(&&*word.to_string()) => {
                break tokens.next().map(|name| name.to_string()).unwrap_or_default();
            }
            Some(_) => {}
            None => {
                return r#"compile_error!("`Named` needs a struct or an enum");"#.parse().unwrap();
            }
        }
    };
    format!("impl {name} {{ pub const NAME: &'static str = {name:?}; }}").parse().unwrap()
}

#[proc_macro_attribute]
pub fn traced(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.pop() {
        let mut with_count: TokenStream =
            "CALLS.fetch_add(1, ::std::sync::atomic::Ordering::Relaxed);".parse().unwrap();
        with_count.extend(body.stream());
        tokens.push(Group::new(Delimiter::Brace, with_count).into());
    }
    tokens.into_iter().collect()
}
