# Turns the Public Suffix List (Debian package publicsuffix, MPL 2.0, read at build time and not part of
# this tree) into a sorted table: cmake -DLIST=... -DOUT=... -P public_suffix_table.cmake
file(STRINGS ${LIST} lines ENCODING UTF-8)
set(rules "")
set(section 0)
foreach(line IN LISTS lines)
  if(line MATCHES "BEGIN PRIVATE DOMAINS")
    set(section 1)
  elseif(line AND NOT line MATCHES "^//")
    string(REGEX REPLACE "[ \t].*" "" rule "${line}")
    list(APPEND rules "${rule} ${section}")
  endif()
endforeach()
list(SORT rules COMPARE STRING)
list(REMOVE_DUPLICATES rules)
string(REGEX REPLACE "([^ ;]+) ([01])" "    {\"\\1\", \\2 != 0}," rows "${rules}")
string(REPLACE ";" "\n" rows "${rows}")
file(WRITE ${OUT} "#include \"public_suffix_table.h\"

namespace konseki::traces {

constinit const SuffixRule suffix_rules[] = {
${rows}
};
const std::size_t suffix_rule_count = sizeof suffix_rules / sizeof suffix_rules[0];

}  // namespace konseki::traces
")
