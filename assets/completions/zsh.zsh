#compdef cph-wizard
# Completion of cph-wizard for zsh: put it into a folder of $fpath as `_cph-wizard`, or source it after compinit.
# The program itself knows the answers; nothing of the command line is run.
_cph_wizard() {
    local -a offered shown values open open_shown
    local line value before command=${(Q)words[1]}
    offered=("${(@f)$("${~command}" __complete "${(@Q)words[2,CURRENT]}" 2> /dev/null)}")
    case $offered[1] in
        files | folders)
            # What stands before = is no part of the name.
            compset -P '--*='
            if [[ $offered[1] == folders ]]; then _files -/; else _files; fi
            ;;
        words)
            for line in "${(@)offered[2,-1]}"; do
                value=${line%%$'\t'*}
                [[ -n $value ]] || continue
                line=${line/$'\t'/  -- }
                if [[ $value == *= ]]; then
                    open+=("$value") open_shown+=("$line")
                else
                    values+=("$value") shown+=("$line")
                fi
            done
            compadd -l -d shown -a values
            compadd -l -S '' -d open_shown -a open
            ;;
    esac
}
if [[ ${funcstack[1]} == _cph-wizard ]]; then
    _cph_wizard "$@"
elif (( $+functions[compdef] )); then
    compdef _cph_wizard cph-wizard
fi
