# Writes OUTPUT: the writer's source INPUT with a bug planted in it. It replies to a batch before
# the commit that holds its changes, and not after it.
set(commit "            make_durable(transaction);\n")
set(reply_then_commit
    "            reply_all(batch);\n            batch.clear();\n${commit}")

file(READ ${INPUT} source)
string(REPLACE "${commit}" "" without "${source}")
string(LENGTH "${source}" length)
string(LENGTH "${without}" length_without)
string(LENGTH "${commit}" length_of_one)
math(EXPR removed "${length} - ${length_without}")
if(NOT removed EQUAL length_of_one)
  message(FATAL_ERROR "${INPUT}: the line to plant a bug at is not there exactly once:\n${commit}")
endif()
string(REPLACE "${commit}" "${reply_then_commit}" planted "${source}")
file(WRITE ${OUTPUT} "${planted}")
