fn main() {
    spawn(bump(&STATE));
}
