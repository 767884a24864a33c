# Completion of cph-wizard for bash: source it, or put it where bash-completion looks for it as `cph-wizard`.
# The program itself knows the answers; nothing of the command line is run.
_cph_wizard() {
    local current offered kind line candidate value before
    local -a words
    # The line as it stands before the cursor: bash itself would part words at = and : as well.
    read -ra words <<< "${COMP_LINE:0:COMP_POINT}"
    if [[ ${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]]; then
        words+=("")
    fi
    current=${words[${#words[@]}-1]}
    before=""
    case $current in
        *[=:]*) before=${current%"${current##*[=:]}"} ;;
    esac
    COMPREPLY=()
    offered=$("${words[0]/#\~/$HOME}" __complete "${words[@]:1}" 2> /dev/null) || return 0
    kind=${offered%%$'\n'*}
    case $kind in
        files | folders)
            compopt -o filenames 2> /dev/null
            local flag=-f
            [[ $kind == folders ]] && flag=-d
            while IFS= read -r line; do
                COMPREPLY+=("$line")
            done < <(compgen $flag -- "${current#"$before"}")
            ;;
        words)
            while IFS= read -r line; do
                candidate=${line%%$'\t'*}
                value=${candidate#"$before"}
                case $candidate in
                    *=) compopt -o nospace 2> /dev/null; COMPREPLY+=("$(printf %q "${value%=}")=") ;;
                    *) COMPREPLY+=("$(printf %q "$value")") ;;
                esac
            done <<< "${offered#*$'\n'}"
            [[ $offered == *$'\n'* ]] || COMPREPLY=()
            ;;
    esac
}
complete -F _cph_wizard cph-wizard
