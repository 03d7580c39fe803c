# Builds the pages in a folder of their own and writes them as C++. The sources are copied, so that nothing is written
# into the checkout; packages are fetched once for each package-lock.json. Where they cannot be fetched, the program is
# built without pages, and the next build tries again.
#   cmake -D SOURCE=ui -D BUILD=… -D NPM=npm -D NODE=node -D OUTPUT=assets.cpp -D WITHOUT=no_assets.cpp -P build.cmake
file(REMOVE_RECURSE ${BUILD}/src ${BUILD}/dist ${BUILD}/test ${BUILD}/dist-test)
file(COPY ${SOURCE}/ DESTINATION ${BUILD} PATTERN node_modules EXCLUDE PATTERN dist EXCLUDE PATTERN dist-test EXCLUDE)

function(run result what)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${BUILD} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(${result} "${what} failed:\n${said}")
  endif()
  set(status ${status} PARENT_SCOPE)
endfunction()

file(SHA256 ${BUILD}/package-lock.json wanted)
set(stamp ${BUILD}/node_modules/.konseki_lock)
set(present "")
if(EXISTS ${stamp})
  file(READ ${stamp} present)
endif()
if(NOT present STREQUAL wanted)
  run(WARNING "npm ci (the desk is built without its pages)" ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline)
  if(NOT status EQUAL 0)
    file(REMOVE_RECURSE ${BUILD}/node_modules)
    file(COPY_FILE ${WITHOUT} ${OUTPUT})
    # Older than its sources: the next build tries again.
    execute_process(COMMAND touch -d @0 ${OUTPUT})
    return()
  endif()
  file(WRITE ${stamp} ${wanted})
endif()
run(FATAL_ERROR "npm run build" ${NPM} run build)
run(FATAL_ERROR "embed.mjs" ${NODE} embed.mjs dist ${OUTPUT})
