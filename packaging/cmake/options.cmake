# Compiler settings shared by all layers. Warnings are errors where QUARTERDECK_WERROR is on (CI).
add_library(quarterdeck_options INTERFACE)
target_compile_options(quarterdeck_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${QUARTERDECK_WERROR}>:-Werror>)
target_compile_definitions(quarterdeck_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QUARTERDECK_VERSION="${PROJECT_VERSION}")
target_include_directories(quarterdeck_options INTERFACE ${CMAKE_SOURCE_DIR})

if(QUARTERDECK_SANITIZE)
    add_compile_options(-fsanitize=${QUARTERDECK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${QUARTERDECK_SANITIZE})
endif()

# ccache and precompiled headers get along only with this flag (and sloppiness=pch_defines,time_macros).
find_program(QUARTERDECK_CCACHE ccache)
if(QUARTERDECK_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${QUARTERDECK_CCACHE})
    add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>
        "$<$<COMPILE_LANG_AND_ID:CXX,Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endif()

# Gives a target the precompiled headers of its layer.
function(quarterdeck_precompile target)
    if(QUARTERDECK_PCH)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()
