// Messages on a byte stream, as the language server protocol cuts them: header lines, an
// empty line, and as many bytes of JSON as `Content-Length` says (LSP 3.17, "Base
// Protocol").
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jaa::lsp {

// Takes bytes as they come. What is no message is passed over up to the next header, and
// told once; the stream stays usable.
class MessageReader {
 public:
  static constexpr size_t MaxMessage = size_t{64} << 20;
  // Of all headers of one message.
  static constexpr size_t MaxHeader = size_t{4} << 10;

  struct Message {
    std::string body;
    // Why there is no body: the header that was not understood.
    std::string problem;
  };

  void feed(std::string_view bytes);
  // The next whole message; false when more bytes are needed.
  [[nodiscard]] bool next(Message& message);

 private:
  void skip_to_header(size_t from);

  std::string buffer_;
  size_t at_ = 0;        // what is before it has been read
  size_t searched_ = 0;  // no end of headers begins before it
  size_t to_skip_ = 0;   // of a message that is too long
  // Bytes that belong to no message were passed over and have been told.
  bool is_lost_ = false;
};

[[nodiscard]] std::string frame(std::string_view body);

}  // namespace jaa::lsp
