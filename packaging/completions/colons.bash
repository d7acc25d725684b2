
# Bash splits words at colons, which MACs and IPv6 addresses have: where the word has one, it is put together again, and what stands
# before the last colon isn't given back.
_deevnet_colons() {
    local typed_line="${COMP_LINE:0:COMP_POINT}"
    if [[ "${typed_line##*[[:space:]]}" != *:* ]]; then
        _deevnet "${@}"
        return
    fi
    local -a COMP_WORDS
    read -ra COMP_WORDS <<<"${typed_line}"
    local -i COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    local typed_word="${COMP_WORDS[COMP_CWORD]}"
    _deevnet "${1}" "${typed_word}" "${COMP_WORDS[COMP_CWORD - 1]}"
    COMPREPLY=("${COMPREPLY[@]#"${typed_word%:*}:"}")
}
complete -o filenames -F _deevnet_colons deevnet
