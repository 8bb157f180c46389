//! `#[handler]` before an `impl` block that has an `async fn handle(&self, request: R) ->
//! Result<T, E>` makes a service of the type, for both kinds of runtime;
//! `#[handler(local)]` only for those that leave a task on its thread.

use proc_macro::{Delimiter, TokenStream, TokenTree};

#[proc_macro_attribute]
pub fn handler(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let traits: &[&str] = match arguments.to_string().as_str() {
        "" => &["Service", "SendService"],
        "local" => &["Service"],
        _ => return refuse("`handler` knows no argument but `local`"),
    };
    let Some(block) = Block::read(item.clone()) else {
        return refuse("`handler` needs an `impl` block with an `async fn handle`");
    };
    let mut output = item;
    for name in traits {
        output.extend(block.implement(name));
    }
    output
}

fn refuse(text: &str) -> TokenStream {
    format!("compile_error!({text:?});").parse().unwrap()
}

/// What an `impl` block says about its type and its `handle`.
struct Block {
    generics: TokenStream,
    subject: TokenStream,
    request: TokenStream,
    response: TokenStream,
    error: TokenStream,
}

impl Block {
    fn read(item: TokenStream) -> Option<Self> {
        let mut tokens = item.into_iter().skip_while(|token| token.to_string() != "impl").skip(1);
        let mut head: Vec<TokenTree> = Vec::new();
        let body = loop {
            match tokens.next()? {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break group,
                token => head.push(token),
            }
        };
        let behind = if is(head.first(), '<') { end_of_angles(&head)? } else { 0 };
        let subject = head.split_off(behind);

        let mut tokens =
            body.stream().into_iter().skip_while(|token| token.to_string() != "handle");
        let TokenTree::Group(parameters) = tokens.nth(1)? else { return None };
        let request = parameters.stream().into_iter().skip_while(|token| !is(Some(token), ':'));
        let result: Vec<TokenTree> = tokens.skip_while(|token| !is(Some(token), '<')).collect();
        let result = &result[1..end_of_angles(&result)? - 1];
        let comma = top_level_comma(result)?;
        Some(Self {
            generics: head.into_iter().collect(),
            subject: subject.into_iter().collect(),
            request: request.skip(1).collect(),
            response: result[..comma].iter().cloned().collect(),
            error: result[comma + 1..].iter().cloned().collect(),
        })
    }

    /// The implementation of one of the traits; what the user wrote keeps its place.
    fn implement(&self, name: &str) -> TokenStream {
        let head = "impl @generics ::service::@name<@request> for @subject {
            type Response = @response;
            type Error = @error;

            async fn call(&self, request: @request) -> ::std::result::Result<@response, @error> {
                self.handle(request).await
            }
        }";
        self.fill(head.replace("@name", name).parse().unwrap())
    }

    fn fill(&self, template: TokenStream) -> TokenStream {
        let mut output = TokenStream::new();
        let mut tokens = template.into_iter();
        while let Some(token) = tokens.next() {
            if is(Some(&token), '@') {
                output.extend(match tokens.next().unwrap().to_string().as_str() {
                    "generics" => self.generics.clone(),
                    "subject" => self.subject.clone(),
                    "request" => self.request.clone(),
                    "response" => self.response.clone(),
                    _ => self.error.clone(),
                });
            } else if let TokenTree::Group(group) = token {
                let mut filled =
                    proc_macro::Group::new(group.delimiter(), self.fill(group.stream()));
                filled.set_span(group.span());
                output.extend([TokenTree::Group(filled)]);
            } else {
                output.extend([token]);
            }
        }
        output
    }
}

fn is(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Behind the `>` that closes the `<` at the beginning.
fn end_of_angles(tokens: &[TokenTree]) -> Option<usize> {
    depths(tokens).position(|depth| depth == 0).map(|at| at + 1)
}

fn top_level_comma(tokens: &[TokenTree]) -> Option<usize> {
    depths(tokens).zip(tokens).position(|(depth, token)| depth == 0 && is(Some(token), ','))
}

/// How many angle brackets are open behind each token.
fn depths(tokens: &[TokenTree]) -> impl Iterator<Item = usize> {
    tokens.iter().scan(0, |depth: &mut usize, token| {
        if is(Some(token), '<') {
            *depth += 1;
        } else if is(Some(token), '>') {
            *depth -= 1;
        }
        Some(*depth)
    })
}
