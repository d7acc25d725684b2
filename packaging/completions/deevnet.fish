function __deevnet_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __deevnet_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __deevnet_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __deevnet_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __deevnet_parse_tokens -S
    set -l unparsed_tokens (__deevnet_tokens -pc)
    switch $unparsed_tokens[1]
    case 'deevnet'
        __deevnet_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'init'
            __deevnet_parse_subcommand 0 'organization=' 'domain=' 'site=' 'C/directory=' 'color=' 'version' 'h/help'
        case 'validate'
            __deevnet_parse_subcommand 0 'C/directory=' 'ref=' 'color=' 'staged' 'strict' 'format=' 'notes' 'version' 'h/help'
        case 'plan'
            __deevnet_parse_subcommand -r 1 'C/directory=' 'ref=' 'color=' 'root=' 'host=+' 'provider=+' 'all' 'verbose' 'diff' 'out=' 'format=' 'detailed-exitcode' 'version' 'h/help'
        case 'apply'
            __deevnet_parse_subcommand -r 1 'C/directory=' 'ref=' 'color=' 'root=' 'host=+' 'provider=+' 'all' 'verbose' 'auto-approve' 'allow-dirty' 'allow=+' 'adopt=+' 'format=' 'version' 'h/help'
        case 'recover'
            __deevnet_parse_subcommand 0 'root=' 'files-only' 'color=' 'version' 'h/help'
        case 'explain'
            __deevnet_parse_subcommand 1 'C/directory=' 'ref=' 'color=' 'version' 'h/help'
        case 'graph'
            __deevnet_parse_subcommand 1 'C/directory=' 'ref=' 'color=' 'format=' 'version' 'h/help'
        case 'schema'
            __deevnet_parse_subcommand 1 'site=' 'C/directory=' 'ref=' 'color=' 'version' 'h/help'
        case 'help'
            __deevnet_parse_subcommand -r 1 'version'
        end
    end
end

function __deevnet_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __deevnet_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __deevnet_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __deevnet_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__deevnet_tokens -p)
    if test -z "$(__deevnet_tokens -t)"
        set -l index (count (__deevnet_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'deevnet' -f
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'init' -d 'Begin an inventory in this git repository: an organisation, one site and its builder, ready to be edited.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'validate' -d 'Check the inventory: all findings at once, each with its place and its mend.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'plan' -d 'Show what would change, why, and what it touches. Changes nothing.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'apply' -d 'Make the sites what the inventory says, or change nothing.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'recover' -d 'Finish or undo what an apply that was cut off left on this machine.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'explain' -d 'Tell what follows from a host, MAC, address, name, service, segment, resource or diagnostic code, and where it was written.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'graph' -d 'Draw a site: segments, hosts, services, and who serves what.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'schema' -d 'Print the JSON Schema of a kind of inventory file, for editors and other tools.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet init" organization' -l 'organization' -d 'The organisation\'s name.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet init" domain' -l 'domain' -d 'The domain below which the sites\' domains lie.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet init" site' -l 'site' -d 'The first site\'s name.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet init" C directory' -s 'C' -l 'directory' -d 'Where to begin.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet init" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet init" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" C directory' -s 'C' -l 'directory' -d 'The inventory\'s repository, or a directory in it.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" ref' -l 'ref' -d 'A commit, branch or tag to read instead of the working tree.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" staged' -l 'staged' -d 'Check what is staged in git\'s index, as a pre-commit hook does.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" strict' -l 'strict' -d 'Make an error of each waiver that has expired, as --staged does: for CI.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" format' -l 'format' -d 'How the findings are written: text, json, sarif (2.1.0), or github, which shows them in a pull request.' -rfka 'text json sarif github'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" notes' -l 'notes' -d 'Show notes too: parked workloads, unknown MACs, hosts without a place.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet validate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet plan" -ge 1' -fka '(__deevnet_custom_completion ---completion plan -- positional@0 (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" C directory' -s 'C' -l 'directory' -d 'The inventory\'s repository, or a directory in it.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" ref' -l 'ref' -d 'A commit, branch or tag to read instead of the working tree.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" root' -l 'root' -d 'Act on a dry tree: a directory for each host under this one, made where missing.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan"' -l 'host' -d 'Limit it to this host; may be repeated. Nothing else is looked at or removed.' -rfka '(__deevnet_custom_completion ---completion plan -- --host (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan"' -l 'provider' -d 'Limit it to this provider; may be repeated.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" all' -l 'all' -d 'Spell out every change.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" verbose' -l 'verbose' -d 'Tell every call that changes a target, on standard error.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" diff' -l 'diff' -d 'Show the files\' text differences too.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" out' -l 'out' -d 'Save the plan, for `deevnet apply FILE`.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" format' -l 'format' -d 'How the plan is written: text or json; sarif and github write its findings alone.' -rfka 'text json sarif github'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" detailed-exitcode' -l 'detailed-exitcode' -d 'Exit 2 when changes are pending.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet plan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet apply" -ge 1' -fka '(__deevnet_custom_completion ---completion apply -- positional@0 (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" C directory' -s 'C' -l 'directory' -d 'The inventory\'s repository, or a directory in it.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" ref' -l 'ref' -d 'A commit, branch or tag to read instead of the working tree.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" root' -l 'root' -d 'Act on a dry tree: a directory for each host under this one, made where missing.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply"' -l 'host' -d 'Limit it to this host; may be repeated. Nothing else is looked at or removed.' -rfka '(__deevnet_custom_completion ---completion apply -- --host (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply"' -l 'provider' -d 'Limit it to this provider; may be repeated.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" all' -l 'all' -d 'Spell out every change.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" verbose' -l 'verbose' -d 'Tell every call that changes a target, on standard error.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" auto-approve' -l 'auto-approve' -d 'Apply without asking.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" allow-dirty' -l 'allow-dirty' -d 'Apply what isn\'t committed.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply"' -l 'allow' -d 'Lift the guard with this digest, for exactly what it lists.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply"' -l 'adopt' -d 'Take over what isn\'t ours and stands in the way, by its address in the plan; may be repeated.' -rfka '(__deevnet_custom_completion ---completion apply -- --adopt (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" format' -l 'format' -d 'How it is told: text, or jsonl, an event a line.' -rfka 'text jsonl'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet apply" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet recover" root' -l 'root' -d 'Recover the dry trees in this directory instead of this machine.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet recover" files-only' -l 'files-only' -d 'Leave services alone: at boot they start later, on the files that are live then.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet recover" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet recover" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet recover" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet explain" -eq 1' -fka '(__deevnet_custom_completion ---completion explain -- positional@0 (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet explain" C directory' -s 'C' -l 'directory' -d 'The inventory\'s repository, or a directory in it.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet explain" ref' -l 'ref' -d 'A commit, branch or tag to read instead of the working tree.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet explain" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet explain" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet explain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet graph" -eq 1' -fka '(__deevnet_custom_completion ---completion graph -- positional@0 (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet graph" C directory' -s 'C' -l 'directory' -d 'The inventory\'s repository, or a directory in it.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet graph" ref' -l 'ref' -d 'A commit, branch or tag to read instead of the working tree.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet graph" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet graph" format' -l 'format' -d 'mermaid, dot (Graphviz), svg (drawn by Graphviz) or json.' -rfka 'mermaid dot svg json'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet graph" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet graph" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_positional "deevnet schema" -eq 1' -fka 'inventory site'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet schema" site' -l 'site' -d 'Where names are referred to, take only those that exist for this site.' -rfka '(__deevnet_custom_completion ---completion schema -- --site (count (__deevnet_tokens -pc)) (__deevnet_tokens -tC))'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet schema" C directory' -s 'C' -l 'directory' -d 'The inventory\'s repository, or a directory in it.' -rfa '(__deevnet_complete_directories)'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet schema" ref' -l 'ref' -d 'A commit, branch or tag to read instead of the working tree.' -rfka ''
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet schema" color' -l 'color' -d 'Colour: auto (on a terminal, heeding FORCE_COLOR, NO_COLOR and TERM=dumb), always or never.' -rfka 'auto always never'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet schema" version' -l 'version' -d 'Show the version.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet schema" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'deevnet' -n '__deevnet_should_offer_completions_for_flags_or_options "deevnet help" version' -l 'version' -d 'Show the version.'
