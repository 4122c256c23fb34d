#include "catalog/case_folding.h"

#include <sqlite3.h>

#include <stdexcept>

namespace catalogd::catalog {
namespace {

// No character beyond has a case; a test asks the tokenizer about all of them.
constexpr char32_t last_character = 0x1FFFF;

bool is_surrogate(char32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

void append_utf8(std::string& out, char32_t c) {
    const auto byte = [&](char32_t bits) { out += static_cast<char>(bits); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6U));
        byte(0x80 | (c & 0x3FU));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12U));
        byte(0x80 | ((c >> 6U) & 0x3FU));
        byte(0x80 | (c & 0x3FU));
    } else {
        byte(0xF0 | (c >> 18U));
        byte(0x80 | ((c >> 12U) & 0x3FU));
        byte(0x80 | ((c >> 6U) & 0x3FU));
        byte(0x80 | (c & 0x3FU));
    }
}

std::size_t length_of(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The first character of well-formed UTF-8; of other bytes, some character.
char32_t first_character(std::string_view utf8) {
    const std::size_t length = length_of(utf8.front());
    auto c = static_cast<char32_t>(static_cast<unsigned char>(utf8.front()));
    c &= length == 1 ? 0x7FU : 0xFFU >> (length + 1);
    for (std::size_t i = 1; i < length && i < utf8.size(); ++i) {
        c = (c << 6U) | (static_cast<unsigned char>(utf8[i]) & 0x3FU);
    }
    return c;
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
        append_utf8(text, c);
        const std::size_t own = text.size();
        const std::string token = tokenizer.token(text += "..");
        const std::string_view folded = std::string_view(token).substr(0, token.size() - 2);
        if (token.size() > 2 && folded != std::string_view(text).substr(0, own)) {
            folded_.emplace(c, folded);
        }
    }
}

std::string CaseFolding::fold(std::string_view utf8) const {
    std::string out;
    out.reserve(utf8.size());
    while (!utf8.empty()) {
        const std::string_view own = utf8.substr(0, length_of(utf8.front()));
        const auto found = folded_.find(first_character(own));
        out += found == folded_.end() ? own : std::string_view(found->second);
        utf8.remove_prefix(own.size());
    }
    return out;
}

bool CaseFolding::contains(std::string_view utf8, std::string_view folded_part) const {
    return fold(utf8).find(folded_part) != std::string::npos;
}

}  // namespace catalogd::catalog
