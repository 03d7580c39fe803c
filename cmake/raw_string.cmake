# For scripts that write texts into .cpp files.

# Sets RESULT to C++ literals that together are TEXT, which comes from WHERE.
function(konseki_raw_string TEXT WHERE RESULT)
  if(TEXT MATCHES "\\)konseki\"")
    message(FATAL_ERROR "${WHERE} holds the end of a raw string")
  endif()
  # Pieces, since compilers bound the length of one literal (64 KB by the standard).
  string(LENGTH "${TEXT}" length)
  set(pieces "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${TEXT}" ${at} 8000 piece)
    string(APPEND pieces "\n        R\"konseki(${piece})konseki\"")
    math(EXPR at "${at} + 8000")
  endwhile()
  set(${RESULT} "${pieces}" PARENT_SCOPE)
endfunction()
