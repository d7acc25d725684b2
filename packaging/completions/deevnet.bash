#!/bin/bash

__deevnet_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__deevnet_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__deevnet_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__deevnet_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_deevnet() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __deevnet_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|validate|plan|apply|recover|explain|graph|schema|help)
        # Offer subcommand argument completions
        "_deevnet_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init validate plan apply recover explain graph schema help' -- "${cur}"))
        ;;
    esac
}

_deevnet_init() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--organization --domain --site -C --directory --color)
    __deevnet_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--organization')
        return
        ;;
    '--domain')
        return
        ;;
    '--site')
        return
        ;;
    '-C'|'--directory')
        __deevnet_add_completions -d
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_deevnet_validate() {
    repeating_flags=()
    non_repeating_flags=(--staged --strict --notes --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --directory --ref --color --format)
    __deevnet_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-C'|'--directory')
        __deevnet_add_completions -d
        return
        ;;
    '--ref')
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--format')
        __deevnet_add_completions -W 'text'$'\n''json'$'\n''sarif'$'\n''github'
        return
        ;;
    esac
}

_deevnet_plan() {
    repeating_flags=()
    non_repeating_flags=(--all --verbose --diff --detailed-exitcode --version -h --help)
    repeating_options=(--host --provider)
    non_repeating_options=(-C --directory --ref --color --root --out --format)
    __deevnet_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-C'|'--directory')
        __deevnet_add_completions -d
        return
        ;;
    '--ref')
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--root')
        __deevnet_add_completions -d
        return
        ;;
    '--host')
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion plan -- --host "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    '--provider')
        return
        ;;
    '--out')
        return
        ;;
    '--format')
        __deevnet_add_completions -W 'text'$'\n''json'$'\n''sarif'$'\n''github'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion plan -- positional@0 "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_deevnet_apply() {
    repeating_flags=()
    non_repeating_flags=(--all --verbose --auto-approve --allow-dirty --version -h --help)
    repeating_options=(--host --provider --allow --adopt)
    non_repeating_options=(-C --directory --ref --color --root --format)
    __deevnet_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-C'|'--directory')
        __deevnet_add_completions -d
        return
        ;;
    '--ref')
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--root')
        __deevnet_add_completions -d
        return
        ;;
    '--host')
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion apply -- --host "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    '--provider')
        return
        ;;
    '--allow')
        return
        ;;
    '--adopt')
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion apply -- --adopt "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    '--format')
        __deevnet_add_completions -W 'text'$'\n''jsonl'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion apply -- positional@0 "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_deevnet_recover() {
    repeating_flags=()
    non_repeating_flags=(--files-only --version -h --help)
    repeating_options=()
    non_repeating_options=(--root --color)
    __deevnet_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--root')
        __deevnet_add_completions -d
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_deevnet_explain() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(-C --directory --ref --color)
    __deevnet_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-C'|'--directory')
        __deevnet_add_completions -d
        return
        ;;
    '--ref')
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion explain -- positional@0 "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_deevnet_graph() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(-C --directory --ref --color --format)
    __deevnet_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-C'|'--directory')
        __deevnet_add_completions -d
        return
        ;;
    '--ref')
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--format')
        __deevnet_add_completions -W 'mermaid'$'\n''dot'$'\n''svg'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion graph -- positional@0 "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_deevnet_schema() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--site -C --directory --ref --color)
    __deevnet_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--site')
        __deevnet_add_completions -W "$(__deevnet_custom_complete ---completion schema -- --site "${COMP_CWORD}" "$(__deevnet_cursor_index_in_current_word)")"
        return
        ;;
    '-C'|'--directory')
        __deevnet_add_completions -d
        return
        ;;
    '--ref')
        return
        ;;
    '--color')
        __deevnet_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __deevnet_add_completions -W 'inventory'$'\n''site'
        return
        ;;
    esac
}

_deevnet_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __deevnet_offer_flags_options -1
}

complete -o filenames -F _deevnet deevnet

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
