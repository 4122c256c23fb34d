// Takes the place of libFuzzer where the corpus is only replayed: any compiler builds it.
//
// Usage: TARGET_fuzz FOLDER
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// In a block of exactly its size: a sanitizer sees who reads on behind it.
void run(const std::vector<std::uint8_t>& input) {
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

std::vector<std::uint8_t> content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
    return {bytes.begin(), bytes.end()};
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> files;
    if (argc == 2) {
        std::ranges::copy(std::filesystem::directory_iterator(argv[1]), std::back_inserter(files));
    }
    if (files.empty()) {
        std::fputs("give the folder of a corpus that holds something\n", stderr);
        return 2;
    }
    run({});
    std::ranges::sort(files);
    for (const auto& file : files) {
        std::printf("%s\n", file.c_str());  // the last one is what a crash was about
        std::fflush(stdout);
        run(content_of(file));
    }
    return 0;
}
