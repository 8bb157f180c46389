// edition:2024
#[derive(Debug)]
struct Failed;

struct Tree {
    depth: u32,
    left: Option<Box<Tree>>,
}

impl Tree {
    async fn depth(&self) -> Result<u32, Failed> {
        // The right side is never deeper.
        match &self.left {
            Some(left) => Ok(self.depth + left.depth().await?),
            //                            ^^^^^^^^^^^^^^^^^^ async_recursion_unboxed
            None => Err(Failed),
        }
    }
}

fn main() {
    drop(Tree { depth: 1, left: None }.depth());
}
