// Reads a page's head. The YAML stream gets a slice of the page's own text, so
// its locations are locations of the page.
#include "tools/catalogue/page.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/YAMLParser.h"
#include "llvm/Support/raw_ostream.h"

#include "tools/catalogue/wording.h"

namespace jaa::catalogue {

namespace {

constexpr llvm::StringLiteral Fence = "---\n";

// The keys of a head. Each must be there, so that nobody forgets to think of it.
constexpr const char* Keys[] = {"level",     "stage",  "fix",       "message",
                                "arguments", "clippy", "retired-by"};

// Reads the nodes of one head into a page. A YAML node can be looked at only
// once and in order, so each key is read as it comes.
class HeadReader {
 public:
  HeadReader(PageSource& source, Page& page) : source_(source), page_(page) {}

  void read(llvm::StringRef head) {
    llvm::yaml::Stream stream(head, source_.manager(), /*ShowColors=*/false);
    llvm::yaml::Node* root = stream.begin()->getRoot();
    if (auto* mapping = llvm::dyn_cast_if_present<llvm::yaml::MappingNode>(root)) {
      each_entry(*mapping, [this](llvm::StringRef key, llvm::SMLoc place, llvm::yaml::Node* value) {
        read_key(key, place, value);
      });
    } else if (!source_.failed()) {
      source_.error(head.data(), "the head is no list of keys and values");
    }
    // A head that broke off in the middle has reported that already.
    if (source_.failed()) return;
    for (const char* key : Keys) {
      if (!seen_.contains(key))
        source_.error(head.data(), llvm::Twine("the head has no key '") + key + "'");
    }
    if (!source_.failed()) check_message();
  }

 private:
  // Calls `visit` with the key, its place and the value of each entry.
  template <class Visit>
  void each_entry(llvm::yaml::MappingNode& mapping, Visit visit) {
    for (llvm::yaml::KeyValueNode& entry : mapping) {
      auto* key_node = llvm::dyn_cast_if_present<llvm::yaml::ScalarNode>(entry.getKey());
      if (key_node == nullptr) {
        if (!source_.failed())
          source_.error(mapping.getSourceRange().Start, "expected a word as key");
        return;
      }
      llvm::SmallString<32> storage;
      std::string key = key_node->getValue(storage).str();
      llvm::SMLoc place = key_node->getSourceRange().Start;
      llvm::yaml::Node* value = entry.getValue();
      if (value == nullptr) return;
      visit(llvm::StringRef(key), place, value);
    }
  }

  void read_key(llvm::StringRef key, llvm::SMLoc place, llvm::yaml::Node* value) {
    if (!llvm::is_contained(Keys, key)) {
      source_.error(place, "unknown key '" + key + "'; expected one of " +
                               llvm::join(std::begin(Keys), std::end(Keys), ", "));
      value->skip();
      return;
    }
    if (!seen_.insert({key, place}).second)
      source_.error(place, "the key '" + key + "' is there twice");
    if (key == "level") {
      page_.level = read_choice(key, place, value, {"allow", "warning", "error"});
    } else if (key == "stage") {
      page_.stage = read_choice(key, place, value, {"preview", "stable"});
    } else if (key == "fix") {
      page_.fix = read_choice(key, place, value, {"none", "suggested", "safe"});
    } else if (key == "message") {
      page_.message = read_text(key, place, value);
    } else if (key == "retired-by") {
      page_.retired_by = read_text(key, place, value);
    } else if (key == "clippy") {
      read_clippy(place, value);
    } else {
      read_arguments(place, value);
    }
  }

  // A scalar's text; empty for a key without a value.
  std::string read_text(llvm::StringRef key, llvm::SMLoc place, llvm::yaml::Node* value) {
    if (llvm::isa<llvm::yaml::NullNode>(value)) return "";
    auto* scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(value);
    if (scalar == nullptr) {
      source_.error(place, "expected one text as '" + key + "'");
      value->skip();
      return "";
    }
    llvm::SmallString<128> storage;
    return scalar->getValue(storage).str();
  }

  std::string read_choice(llvm::StringRef key, llvm::SMLoc place, llvm::yaml::Node* value,
                          llvm::ArrayRef<const char*> choices) {
    std::string text = read_text(key, place, value);
    if (!llvm::is_contained(choices, llvm::StringRef(text)))
      source_.error(place, "'" + key + "' is '" + text + "'; expected one of " +
                               llvm::join(choices.begin(), choices.end(), ", "));
    return text;
  }

  void read_clippy(llvm::SMLoc place, llvm::yaml::Node* value) {
    if (llvm::isa<llvm::yaml::NullNode>(value)) return;
    auto* list = llvm::dyn_cast<llvm::yaml::SequenceNode>(value);
    if (list == nullptr) {
      source_.error(place, "expected a list as 'clippy'");
      value->skip();
      return;
    }
    for (llvm::yaml::Node& lint : *list) {
      llvm::SMLoc lint_place = lint.getSourceRange().Start;
      page_.clippy.push_back(read_text("clippy", lint_place, &lint));
      if (!is_snake_case(page_.clippy.back()))
        source_.error(lint_place, "'" + llvm::Twine(page_.clippy.back()) + "' is no lint's name");
    }
  }

  void read_arguments(llvm::SMLoc place, llvm::yaml::Node* value) {
    if (llvm::isa<llvm::yaml::NullNode>(value)) return;
    auto* mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(value);
    if (mapping == nullptr) {
      source_.error(place, "expected argument names and descriptions as 'arguments'");
      value->skip();
      return;
    }
    each_entry(*mapping, [this](llvm::StringRef name, llvm::SMLoc name_place,
                                llvm::yaml::Node* description) {
      std::string text = read_text(name, name_place, description);
      if (!is_snake_case(name))
        source_.error(name_place, "the argument '" + name + "' is not in snake_case");
      if (text.empty()) source_.error(name_place, "the argument '" + name + "' is not described");
      if (llvm::StringRef(text).contains('\n'))
        source_.error(name_place, "the description of '" + name + "' is more than one line");
      if (!arguments_.insert({name, name_place}).second)
        source_.error(name_place, "the argument '" + name + "' is there twice");
      page_.arguments.push_back({name.str(), text});
    });
  }

  void check_message() {
    llvm::SMLoc place = seen_.lookup("message");
    if (std::string mistake = message_mistake(page_.message); !mistake.empty())
      source_.error(place, mistake);
    auto pieces = split_message(page_.message);
    if (!pieces) {
      source_.error(place, "a brace in the message has no partner");
      return;
    }
    std::vector<std::string> used;
    for (size_t i = 1; i < pieces->size(); i += 2) {
      used.push_back((*pieces)[i]);
      if (!arguments_.contains(used.back()))
        source_.error(place, "the message names '{" + used.back() + "}', which is no argument");
    }
    for (const Argument& argument : page_.arguments) {
      if (!llvm::is_contained(used, argument.name))
        source_.error(arguments_.lookup(argument.name),
                      "the message does not use the argument '" + argument.name + "'");
    }
  }

  PageSource& source_;
  Page& page_;
  llvm::StringMap<llvm::SMLoc> seen_;
  llvm::StringMap<llvm::SMLoc> arguments_;
};

}  // namespace

PageSource::PageSource(std::unique_ptr<llvm::MemoryBuffer> buffer)
    : path_(buffer->getBufferIdentifier()), text_(buffer->getBuffer()) {
  manager_.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  manager_.setDiagHandler(
      [](const llvm::SMDiagnostic& diagnostic, void* self) {
        std::string text;
        llvm::raw_string_ostream out(text);
        out << diagnostic.getFilename() << ":" << diagnostic.getLineNo() << ":"
            << diagnostic.getColumnNo() + 1 << ": error: " << diagnostic.getMessage();
        static_cast<PageSource*>(self)->errors_.push_back(std::move(text));
      },
      this);
}

void PageSource::error(const char* place, const llvm::Twine& message) {
  manager_.PrintMessage(llvm::SMLoc::getFromPointer(place), llvm::SourceMgr::DK_Error, message);
}

std::optional<Page> read_page(PageSource& source) {
  Page page;
  page.name = llvm::sys::path::stem(source.path()).str();
  llvm::StringRef text = source.text();
  if (std::string mistake = name_mistake(page.name); !mistake.empty())
    source.error(text.data(), mistake);
  size_t end = text.find("\n---\n", Fence.size() - 1);
  if (!text.starts_with(Fence) || end == llvm::StringRef::npos) {
    source.error(text.data(), "expected a head between two lines '---'");
    return std::nullopt;
  }
  HeadReader(source, page).read(text.take_front(end + 1));
  read_body(source, text.drop_front(end + 1 + Fence.size()), page);
  if (source.failed()) return std::nullopt;
  return page;
}

}  // namespace jaa::catalogue
