#include "catalog/case_folding.h"

#include <sqlite3.h>

#include <stdexcept>

#include "catalog/utf8.h"

namespace catalogd::catalog {
namespace {

// No character beyond has a case; a test asks the tokenizer about all of them.
constexpr char32_t last_character = 0x1FFFF;

bool is_surrogate(char32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

// The tokenizer, found the way that fts5's own documentation gives.
class TrigramTokenizer {
public:
    explicit TrigramTokenizer(sqlite3* handle) {
        fts5_api* api = nullptr;
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
            sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
            sqlite3_step(statement);
        }
        sqlite3_finalize(statement);
        void* context = nullptr;
        if (api == nullptr ||
            api->xFindTokenizer(api, "trigram", &context, &methods_) != SQLITE_OK ||
            methods_.xCreate(context, nullptr, 0, &tokenizer_) != SQLITE_OK) {
            throw std::runtime_error("this SQLite has no trigram tokenizer");
        }
    }
    ~TrigramTokenizer() { methods_.xDelete(tokenizer_); }
    TrigramTokenizer(const TrigramTokenizer&) = delete;
    TrigramTokenizer& operator=(const TrigramTokenizer&) = delete;

    // The one token of a text of three characters.
    std::string token(const std::string& text) {
        std::string found;
        methods_.xTokenize(tokenizer_, &found, FTS5_TOKENIZE_QUERY, text.data(),
                           static_cast<int>(text.size()), keep);
        return found;
    }

private:
    static int keep(void* out, int /*flags*/, const char* token, int size, int /*begin*/,
                    int /*end*/) {
        static_cast<std::string*>(out)->assign(token, static_cast<std::size_t>(size));
        return SQLITE_OK;
    }

    fts5_tokenizer methods_{};
    Fts5Tokenizer* tokenizer_ = nullptr;
};

}  // namespace

CaseFolding::CaseFolding(Connection& connection) {
    TrigramTokenizer tokenizer(connection.database().getHandle());
    for (char32_t c = 1; c <= last_character; ++c) {
        if (is_surrogate(c)) {
            continue;
        }
        std::string text;
        utf8::append(text, c);
        const std::size_t own = text.size();
        const std::string token = tokenizer.token(text += "..");
        const std::string_view folded = std::string_view(token).substr(0, token.size() - 2);
        if (token.size() > 2 && folded != std::string_view(text).substr(0, own)) {
            folded_.emplace(c, folded);
        }
    }
    // No character of ASCII has a case beyond it.
    for (std::size_t c = 0; c < ascii_.size(); ++c) {
        const auto found = folded_.find(static_cast<char32_t>(c));
        ascii_[c] = found == folded_.end() ? static_cast<char>(c) : found->second.front();
    }
}

// How many bytes of ASCII the text begins with; they are folded into `out`, which has room for
// them.
std::size_t CaseFolding::fold_ascii(std::string_view text, char* out) const {
    std::size_t size = 0;
    for (; size < text.size(); ++size) {
        const auto byte = static_cast<unsigned char>(text[size]);
        if (byte >= ascii_.size()) {
            break;
        }
        out[size] = ascii_[byte];
    }
    return size;
}

void CaseFolding::fold(std::string_view text, std::string& out) const {
    out.resize(text.size());
    out.resize(fold_ascii(text, out.data()));
    text.remove_prefix(out.size());
    while (!text.empty()) {
        if (const auto byte = static_cast<unsigned char>(text.front()); byte < ascii_.size()) {
            out += ascii_[byte];
            text.remove_prefix(1);
            continue;
        }
        const std::string_view own = text.substr(0, utf8::length_of(text.front()));
        const auto found = folded_.find(utf8::first_character(own));
        out += found == folded_.end() ? own : std::string_view(found->second);
        text.remove_prefix(own.size());
    }
}

std::string CaseFolding::fold(std::string_view text) const {
    std::string out;
    out.reserve(text.size());
    fold(text, out);
    return out;
}

bool CaseFolding::contains(std::string_view text, std::string_view folded_part) const {
    static thread_local std::string folded;
    fold(text, folded);
    return folded.find(folded_part) != std::string::npos;
}

}  // namespace catalogd::catalog
