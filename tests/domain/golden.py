"""A stored body of every kind of fact, of every schema version ever released.

Never edit a line: add one for each new version. `tests/domain/test_house_of_facts.py` reads
them all, so that a stream recorded by any release can be read by every later one.
"""

GOLDEN: dict[str, dict[int, str]] = {
    "appeal-filed": {
        1: (
            '{"topic":"appeal-filed","grade":"court-found","evidence":["00000000-0000-0000-'
            '0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"occurred_on":"2026-03-01","judgment_id":"000000'
            '00-0000-0000-0000-000000001002","appellant":"guarantor"}'
        ),
    },
    "authority-ended": {
        1: (
            '{"topic":"authority-ended","authority_id":"00000000-0000-0000-0000-00000000100'
            '1","ended_on":"2026-03-01","cause":"client-revoked","reason":{"subject":"00000'
            '000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090'
            '9090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "authority-given": {
        1: (
            '{"topic":"authority-given","scopes":["negotiate"],"towards":"样例公司","given_on":'
            '"2026-03-01","ends_on":"2026-03-01","form":"letter","holder":"adviser-7","note'
            '":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc='
            '","commitment":"09090909090909090909090909090909090909090909090909090909090909'
            '09"}}'
        ),
    },
    "balance-checked": {
        1: (
            '{"topic":"balance-checked","grade":"document","evidence":["00000000-0000-0000-00'
            '00-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"},"occurred_on":"2026-03-01","plan_id":"00000000-0000-0000'
            '-0000-000000001005","due_on":"2026-04-01","available":{"minor":123456,"currency"'
            ':"CNY"},"account":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext"'
            ':"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909090909'
            '09090909090909"}}'
        ),
    },
    "case-assigned": {
        1: (
            '{"topic":"case-assigned","to_member":"样例公司","assigned_on":"2026-03-01","reason'
            '":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc='
            '","commitment":"09090909090909090909090909090909090909090909090909090909090909'
            '09"}}'
        ),
    },
    "case-closed": {
        1: (
            '{"topic":"case-closed","closed_on":"2026-03-01","outcome":"plan-completed","reas'
            'on":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc='
            '","commitment":"0909090909090909090909090909090909090909090909090909090909090909'
            '"}}'
        ),
    },
    "case-handed-over": {
        1: (
            '{"topic":"case-handed-over","from_member":"样例公司","to_member":"样例公司","handed_ov'
            'er_on":"2026-03-01","note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"task_ids":["00000000-0000-0000-0000-00000000100'
            '1"],"answered":[{"code":"tasks-not-named","reason":{"subject":"00000000-0000-0'
            '000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090'
            '909090909090909090909090909090909090909090909090909"}}]}'
        ),
    },
    "case-opened": {
        1: (
            '{"topic":"case-opened","client_id":"00000000-0000-0000-0000-000000001001","opene'
            'd_on":"2026-03-01","zone":"Asia/Shanghai","adviser":"adviser-7","summary":{"subj'
            'ect":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitm'
            'ent":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "case-reopened": {
        1: (
            '{"topic":"case-reopened","reopened_on":"2026-03-01","reason":{"subject":"0000000'
            '0-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090'
            '909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "channel-days-noted": {
        1: (
            '{"topic":"channel-days-noted","grade":"document","evidence":["00000000-0000-0000'
            '-0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909'
            '090909090909090909090909"},"occurred_on":"2026-03-01","channel":"bank-transfer",'
            '"working_days":2,"source":"bank","lender":"样例小贷"}'
        ),
    },
    "charge-made": {
        1: (
            '{"topic":"charge-made","grade":"lender-says","evidence":["00000000-0000-0000-000'
            '0-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciphe'
            'rtext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909'
            '09090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0000-0000-'
            '0000-000000001003","kind":"overdue-interest","amount":{"minor":123456,"currency"'
            ':"CNY"},"charged_by":"样例公司"}'
        ),
    },
    "claim-served": {
        1: (
            '{"topic":"claim-served","grade":"court-found","evidence":["00000000-0000-0000-'
            '0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"00000000-0'
            '000-0000-0000-000000001002"}'
        ),
    },
    "client-corrected": {
        1: (
            '{"topic":"client-corrected","replacement":{"topic":"client-registered","name":{"'
            'subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","com'
            'mitment":"0909090909090909090909090909090909090909090909090909090909090909"},"id'
            '_number":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQ'
            'FBgc=","commitment":"09090909090909090909090909090909090909090909090909090909090'
            '90909"},"phones":[{"subject":"00000000-0000-0000-0000-000000000007","ciphertext"'
            ':"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909090909'
            '09090909090909"}],"address":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909'
            '090909090909090909090909"},"note":{"subject":"00000000-0000-0000-0000-0000000000'
            '07","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909'
            '090909090909090909090909090909"}},"reason":{"subject":"00000000-0000-0000-0000-0'
            '00000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090'
            '909090909090909090909090909090909090909"}}'
        ),
    },
    "client-entry-withdrawn": {
        1: (
            '{"topic":"client-entry-withdrawn","entry_id":"00000000-0000-0000-0000-00000000'
            '1001","reason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":'
            '"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090909090'
            '909090909090909"}}'
        ),
    },
    "client-registered": {
        1: (
            '{"topic":"client-registered","name":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909'
            '09090909090909090909090909090909"},"id_number":{"subject":"00000000-0000-0000-00'
            '00-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090'
            '9090909090909090909090909090909090909090909"},"phones":[{"subject":"00000000-000'
            '0-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909'
            '0909090909090909090909090909090909090909090909090909"}],"address":{"subject":"00'
            '000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09'
            '09090909090909090909090909090909090909090909090909090909090909"},"note":{"subjec'
            't":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitmen'
            't":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "complaint-answered": {
        1: (
            '{"topic":"complaint-answered","grade":"court-found","evidence":["00000000-0000'
            '-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000'
            '007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090'
            '909090909090909090909090909090909"},"occurred_on":"2026-03-01","complaint_id":'
            '"00000000-0000-0000-0000-000000001002","outcome":"not-accepted","granted":{"mi'
            'nor":123456,"currency":"CNY"},"summary":{"subject":"00000000-0000-0000-0000-00'
            '0000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909'
            '0909090909090909090909090909090909090909"}}'
        ),
    },
    "complaint-extended": {
        1: (
            '{"topic":"complaint-extended","grade":"court-found","evidence":["00000000-0000'
            '-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000'
            '007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090'
            '909090909090909090909090909090909"},"occurred_on":"2026-03-01","complaint_id":'
            '"00000000-0000-0000-0000-000000001002","until":"2026-03-01","reason":{"subject'
            '":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitme'
            'nt":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "complaint-filed": {
        1: (
            '{"topic":"complaint-filed","grade":"lender-says","evidence":["00000000-0000-0000'
            '-0000-000000001004"],"note":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909'
            '090909090909090909090909"},"occurred_on":"2026-03-01","channel":"nfra-12378","re'
            'spondent":"样例公司","grounds":["head-interest"],"loan_ids":["00000000-0000-0000-000'
            '0-000000001005"],"statement":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"},"reference":{"subject":"00000000-0000-0000-0000-0000'
            '00000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"}}'
        ),
    },
    "complaint-merged": {
        1: (
            '{"topic":"complaint-merged","grade":"court-found","evidence":["00000000-0000-0'
            '000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000000'
            '7","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090'
            '9090909090909090909090909090909"},"occurred_on":"2026-03-01","complaint_id":"0'
            '0000000-0000-0000-0000-000000001002","into_id":"00000000-0000-0000-0000-000000'
            '001003"}'
        ),
    },
    "complaint-passed-on": {
        1: (
            '{"topic":"complaint-passed-on","grade":"court-found","evidence":["00000000-000'
            '0-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909'
            '0909090909090909090909090909090909"},"occurred_on":"2026-03-01","complaint_id"'
            ':"00000000-0000-0000-0000-000000001002","passed_to":"样例公司"}'
        ),
    },
    "complaint-received": {
        1: (
            '{"topic":"complaint-received","grade":"court-found","evidence":["00000000-0000'
            '-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000'
            '007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090'
            '909090909090909090909090909090909"},"occurred_on":"2026-03-01","complaint_id":'
            '"00000000-0000-0000-0000-000000001002","reference":{"subject":"00000000-0000-0'
            '000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090'
            '909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "complaint-withdrawn": {
        1: (
            '{"topic":"complaint-withdrawn","grade":"court-found","evidence":["00000000-000'
            '0-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909'
            '0909090909090909090909090909090909"},"occurred_on":"2026-03-01","complaint_id"'
            ':"00000000-0000-0000-0000-000000001002","reason":{"subject":"00000000-0000-000'
            '0-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090'
            '9090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "confirmation-asked-for": {
        1: (
            '{"topic":"confirmation-asked-for","grade":"court-found","evidence":["00000000-'
            '0000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000'
            '0000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090'
            '9090909090909090909090909090909090909"},"occurred_on":"2026-03-01","mediation_'
            'id":"00000000-0000-0000-0000-000000001002"}'
        ),
    },
    "conflict-checked": {
        1: (
            '{"topic":"conflict-checked","checked_on":"2026-03-01","known_at":2,"sought":{"'
            'people":2,"names":2,"id_numbers":2,"phones":2,"companies":2},"searched":2,"fou'
            'nd":[{"kind":"same-person","held_as":"client","closeness":"id-number","people"'
            ':2,"cases":2}],"answer":"none","reason":{"subject":"00000000-0000-0000-0000-00'
            '0000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909'
            '0909090909090909090909090909090909090909"}}'
        ),
    },
    "consent-given": {
        1: (
            '{"topic":"consent-given","purpose":"casework","given_on":"2026-03-01","ends_on'
            '":"2026-03-01","way":"paper","to_whom":"样例公司","note":{"subject":"00000000-0000'
            '-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090'
            '90909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "consent-withdrawn": {
        1: (
            '{"topic":"consent-withdrawn","consent_id":"00000000-0000-0000-0000-00000000100'
            '1","withdrawn_on":"2026-03-01","reason":{"subject":"00000000-0000-0000-0000-00'
            '0000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909'
            '0909090909090909090909090909090909090909"}}'
        ),
    },
    "contact-consent-ended": {
        1: (
            '{"topic":"contact-consent-ended","grade":"court-found","evidence":["00000000-0'
            '000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000'
            '000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"},"occurred_at":"2026-03-01T21:59:00+08:0'
            '0","consent_id":"00000000-0000-0000-0000-000000001002"}'
        ),
    },
    "contact-consented": {
        1: (
            '{"topic":"contact-consented","grade":"court-found","evidence":["00000000-0000-'
            '0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-0000000000'
            '07","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909'
            '09090909090909090909090909090909"},"occurred_at":"2026-03-01T21:59:00+08:00","'
            'to":"样例公司","what":["more-attempts"],"until":"2026-03-01"}'
        ),
    },
    "contact-logged": {
        1: (
            '{"topic":"contact-logged","grade":"lender-says","evidence":["00000000-0000-0000-'
            '0000-000000001006"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"occurred_at":"2026-03-01T21:59:00+08:00","zone":"Asia'
            '/Shanghai","channel":"robot-call","initiated_by":"lender","reached":"lender","on'
            '_behalf_of":"样例公司","loan_ids":["00000000-0000-0000-0000-000000001007"],"connecte'
            'd":true,"duration_seconds":42,"counterpart":{"subject":"00000000-0000-0000-0000-'
            '000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909'
            '0909090909090909090909090909090909090909"},"outcome":"message-left","promised":{'
            '"minor":123456,"currency":"CNY"},"promised_on":"2026-03-01","summary":{"subject"'
            ':"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment"'
            ':"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "contact-objected": {
        1: (
            '{"topic":"contact-objected","grade":"court-found","evidence":["00000000-0000-0'
            '000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000000'
            '7","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090'
            '9090909090909090909090909090909"},"occurred_at":"2026-03-01T21:59:00+08:00","b'
            'y":"other","to":"样例公司","contact_point_id":"00000000-0000-0000-0000-00000000100'
            '2"}'
        ),
    },
    "contact-point-noted": {
        1: (
            '{"topic":"contact-point-noted","grade":"court-found","evidence":["00000000-000'
            '0-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909'
            '0909090909090909090909090909090909"},"occurred_on":"2026-03-01","kind":"addres'
            's","whose":"other","number":{"subject":"00000000-0000-0000-0000-000000000007",'
            '"ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"},"invalid_since":"2026-03-01"}'
        ),
    },
    "contact-wishes-set": {
        1: (
            '{"topic":"contact-wishes-set","set_on":"2026-03-01","channels":["call"],"hours'
            '":[{"days":["monday"],"begins":"09:30:00","ends":"09:30:00"}],"not_to_say":{"s'
            'ubject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","co'
            'mmitment":"0909090909090909090909090909090909090909090909090909090909090909"},'
            '"unsafe_numbers":[{"subject":"00000000-0000-0000-0000-000000000007","ciphertex'
            't":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090909'
            '090909090909090909"}],"safe_person":{"subject":"00000000-0000-0000-0000-000000'
            '000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"},"safe_person_phone":{"subject":"0000000'
            '0-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090'
            '90909090909090909090909090909090909090909090909090909090909"},"adjustments":[{'
            '"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","'
            'commitment":"0909090909090909090909090909090909090909090909090909090909090909"'
            '}],"adjustment_note":{"subject":"00000000-0000-0000-0000-000000000007","cipher'
            'text":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"},"review_on":"2026-03-01"}'
        ),
    },
    "contacts-found-same": {
        1: (
            '{"topic":"contacts-found-same","grade":"court-found","evidence":["00000000-000'
            '0-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909'
            '0909090909090909090909090909090909"},"occurred_on":"2026-03-01","kept_id":"000'
            '00000-0000-0000-0000-000000001002","same_ids":["00000000-0000-0000-0000-000000'
            '001003"]}'
        ),
    },
    "cost-table-shown": {
        1: (
            '{"topic":"cost-table-shown","grade":"document","evidence":["00000000-0000-0000'
            '-0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007",'
            '"ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"},"occurred_on":"2026-08-01","loan_id":"00000000-'
            '0000-0000-0000-000000001003","items":[{"kind":"interest","payee":null},{"kind"'
            ':"insurance","payee":"样例公司"}],"annual_cost_pct":"23.9"}'
        ),
    },
    "credit-dispute-answered": {
        1: (
            '{"topic":"credit-dispute-answered","grade":"court-found","evidence":["00000000'
            '-0000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-0000'
            '00000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909'
            '09090909090909090909090909090909090909"},"occurred_on":"2026-03-01","dispute_i'
            'd":"00000000-0000-0000-0000-000000001002","outcome":"annotated","summary":{"su'
            'bject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","com'
            'mitment":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "credit-entry-disputed": {
        1: (
            '{"topic":"credit-entry-disputed","grade":"court-found","evidence":["00000000-0'
            '000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000'
            '000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"},"occurred_on":"2026-03-01","credit_entr'
            'y_id":"00000000-0000-0000-0000-000000001002","grounds":["other"],"before":"pro'
            'vider","statement":{"subject":"00000000-0000-0000-0000-000000000007","cipherte'
            'xt":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090'
            '9090909090909090909"}}'
        ),
    },
    "credit-entry-seen": {
        1: (
            '{"topic":"credit-entry-seen","grade":"court-found","evidence":["00000000-0000-'
            '0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-0000000000'
            '07","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909'
            '09090909090909090909090909090909"},"occurred_on":"2026-03-01","report_id":"000'
            '00000-0000-0000-0000-000000001002","provider":"样例公司","loan_id":"00000000-0000-'
            '0000-0000-000000001003","overdue":{"minor":123456,"currency":"CNY"},"overdue_s'
            'ince":"2026-03-01","default_ended_on":"2026-03-01","text":{"subject":"00000000'
            '-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909'
            '0909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "credit-report-obtained": {
        1: (
            '{"topic":"credit-report-obtained","grade":"court-found","evidence":["00000000-'
            '0000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000'
            '0000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090'
            '9090909090909090909090909090909090909"},"occurred_on":"2026-03-01","bureau":"样'
            '例公司"}'
        ),
    },
    "defence-filed": {
        1: (
            '{"topic":"defence-filed","grade":"court-found","evidence":["00000000-0000-0000'
            '-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007",'
            '"ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"00000000-'
            '0000-0000-0000-000000001002"}'
        ),
    },
    "enforcement-applied": {
        1: (
            '{"topic":"enforcement-applied","grade":"court-found","evidence":["00000000-000'
            '0-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909'
            '0909090909090909090909090909090909"},"occurred_on":"2026-03-01","about_id":"00'
            '000000-0000-0000-0000-000000001002"}'
        ),
    },
    "enforcement-step-taken": {
        1: (
            '{"topic":"enforcement-step-taken","grade":"court-found","evidence":["00000000-'
            '0000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000'
            '0000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090'
            '9090909090909090909090909090909090909"},"occurred_on":"2026-03-01","enforcemen'
            't_id":"00000000-0000-0000-0000-000000001002","measure":"ended","amount":{"mino'
            'r":123456,"currency":"CNY"}}'
        ),
    },
    "entry-corrected": {
        1: (
            '{"topic":"entry-corrected","entry_id":"00000000-0000-0000-0000-000000001008","re'
            'placement":{"topic":"payment-made","grade":"lender-says","evidence":["00000000-0'
            '000-0000-0000-000000001009"],"note":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909'
            '09090909090909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"0000000'
            '0-0000-0000-0000-00000000100a","amount":{"minor":123456,"currency":"CNY"},"credi'
            'ted_on":"2026-03-01","channel":"bank-transfer","payer":"family","payer_name":{"s'
            'ubject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","comm'
            'itment":"0909090909090909090909090909090909090909090909090909090909090909"},"pay'
            'ee":"样例公司","reference":{"subject":"00000000-0000-0000-0000-000000000007","cipher'
            'text":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090'
            '9090909090909090909"}},"reason":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"}}'
        ),
    },
    "entry-withdrawn": {
        1: (
            '{"topic":"entry-withdrawn","entry_id":"00000000-0000-0000-0000-00000000100b","re'
            'ason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBg'
            'c=","commitment":"09090909090909090909090909090909090909090909090909090909090909'
            '09"}}'
        ),
    },
    "evidence-added": {
        1: (
            '{"topic":"evidence-added","file_id":"00000000-0000-0000-0000-00000000100c","name'
            '":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=",'
            '"commitment":"0909090909090909090909090909090909090909090909090909090909090909"}'
            ',"sha256":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAw'
            'QFBgc=","commitment":"0909090909090909090909090909090909090909090909090909090909'
            '090909"},"size_bytes":42,"media_type":"application/pdf","source":"client-papers"'
            ',"obtained_on":"2026-03-01","obtained_by":{"subject":"00000000-0000-0000-0000-00'
            '0000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909'
            '09090909090909090909090909090909090909"},"description":{"subject":"00000000-0000'
            '-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090'
            '909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "evidence-handed-in": {
        1: (
            '{"topic":"evidence-handed-in","grade":"court-found","evidence":["00000000-0000'
            '-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000'
            '007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090'
            '909090909090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"0000'
            '0000-0000-0000-0000-000000001002"}'
        ),
    },
    "evidence-linked": {
        1: (
            '{"topic":"evidence-linked","item_id":"00000000-0000-0000-0000-00000000100d","ent'
            'ry_id":"00000000-0000-0000-0000-00000000100e","shows":{"subject":"00000000-0000-'
            '0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909'
            '09090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "evidence-period-set": {
        1: (
            '{"topic":"evidence-period-set","grade":"court-found","evidence":["00000000-000'
            '0-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909'
            '0909090909090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"000'
            '00000-0000-0000-0000-000000001002","until":"2026-03-01"}'
        ),
    },
    "financial-statement-made": {
        1: (
            '{"topic":"financial-statement-made","grade":"court-found","evidence":["0000000'
            '0-0000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000'
            '000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090'
            '909090909090909090909090909090909090909"},"occurred_on":"2026-03-01","lines":['
            '{"side":"expenditure","category":"other-expenditure","amount":{"minor":123456,'
            '"currency":"CNY"},"frequency":"weekly","whose":"household","item_id":"00000000'
            '-0000-0000-0000-000000001002","remark":{"subject":"00000000-0000-0000-0000-000'
            '000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090'
            '909090909090909090909090909090909090909"}}],"adults":3,"children":3,"stated_in'
            'come":{"minor":123456,"currency":"CNY"},"stated_expenditure":{"minor":123456,"'
            'currency":"CNY"},"stated_surplus":{"minor":123456,"currency":"CNY"},"replaces"'
            ':"00000000-0000-0000-0000-000000001003","review_on":"2026-03-01"}'
        ),
    },
    "guarantee-given": {
        1: (
            '{"topic":"guarantee-given","grade":"document","evidence":["00000000-0000-0000-'
            '0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0'
            '000-0000-0000-000000001003","form":"joint","until":"2027-03-01","guarantor":{"'
            'subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","c'
            'ommitment":"0909090909090909090909090909090909090909090909090909090909090909"}'
            "}"
        ),
    },
    "guarantor-called": {
        1: (
            '{"topic":"guarantor-called","grade":"document","evidence":["00000000-0000-0000'
            '-0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007",'
            '"ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"},"occurred_on":"2026-03-01","guarantee_id":"0000'
            '0000-0000-0000-0000-000000001004"}'
        ),
    },
    "hearing-held": {
        1: (
            '{"topic":"hearing-held","grade":"court-found","evidence":["00000000-0000-0000-'
            '0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"00000000-0'
            '000-0000-0000-000000001002","summary":{"subject":"00000000-0000-0000-0000-0000'
            '00000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909'
            '09090909090909090909090909090909090909"}}'
        ),
    },
    "hearing-set": {
        1: (
            '{"topic":"hearing-set","grade":"court-found","evidence":["00000000-0000-0000-0'
            '000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909'
            '09090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"00000000-00'
            '00-0000-0000-000000001002","hearing_on":"2026-03-01","place":"样例公司"}'
        ),
    },
    "help-contributed": {
        1: (
            '{"topic":"help-contributed","grade":"court-found","evidence":["00000000-0000-0'
            '000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000000'
            '7","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090'
            '9090909090909090909090909090909"},"occurred_on":"2026-03-01","pledge_id":"0000'
            '0000-0000-0000-0000-000000001002","amount":{"minor":123456,"currency":"CNY"},"'
            'payment_id":"00000000-0000-0000-0000-000000001003","answered":[{"code":"over-p'
            'ledge","reason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext"'
            ':"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090909'
            '0909090909090909"}}]}'
        ),
    },
    "help-forgiven": {
        1: (
            '{"topic":"help-forgiven","grade":"court-found","evidence":["00000000-0000-0000'
            '-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007",'
            '"ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"},"occurred_on":"2026-03-01","pledge_id":"0000000'
            '0-0000-0000-0000-000000001002","amount":{"minor":123456,"currency":"CNY"}}'
        ),
    },
    "help-pledged": {
        1: (
            '{"topic":"help-pledged","grade":"court-found","evidence":["00000000-0000-0000-'
            '0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"occurred_on":"2026-03-01","pot_id":"00000000-00'
            '00-0000-0000-000000001002","helper":{"subject":"00000000-0000-0000-0000-000000'
            '000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"},"relation":"other","share":{"minor":123'
            '456,"currency":"CNY"},"is_gift":true,"promised_on":"2026-03-01"}'
        ),
    },
    "help-pot-opened": {
        1: (
            '{"topic":"help-pot-opened","grade":"court-found","evidence":["00000000-0000-00'
            '00-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909'
            '090909090909090909090909090909"},"occurred_on":"2026-03-01","loan_ids":["00000'
            '000-0000-0000-0000-000000001002"],"whole":{"minor":123456,"currency":"CNY"},"d'
            'ue_on":"2026-03-01","purpose":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909'
            '090909090909090909090909090909"}}'
        ),
    },
    "help-pot-settled": {
        1: (
            '{"topic":"help-pot-settled","grade":"court-found","evidence":["00000000-0000-0'
            '000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000000'
            '7","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090'
            '9090909090909090909090909090909"},"occurred_on":"2026-03-01","pot_id":"0000000'
            '0-0000-0000-0000-000000001002","answered":[{"code":"over-pledge","reason":{"su'
            'bject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","com'
            'mitment":"0909090909090909090909090909090909090909090909090909090909090909"}}]'
            "}"
        ),
    },
    "help-repaid": {
        1: (
            '{"topic":"help-repaid","grade":"court-found","evidence":["00000000-0000-0000-0'
            '000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909'
            '09090909090909090909090909"},"occurred_on":"2026-03-01","pledge_id":"00000000-'
            '0000-0000-0000-000000001002","amount":{"minor":123456,"currency":"CNY"}}'
        ),
    },
    "help-repayment-agreed": {
        1: (
            '{"topic":"help-repayment-agreed","grade":"court-found","evidence":["00000000-0'
            '000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000'
            '000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"},"occurred_on":"2026-03-01","pledge_id":'
            '"00000000-0000-0000-0000-000000001002","instalments":[{"due_on":"2026-03-01","'
            'amount":{"minor":123456,"currency":"CNY"}}]}'
        ),
    },
    "household-set": {
        1: (
            '{"topic":"household-set","set_on":"2026-03-01","members":[{"relation":"spouse"'
            ',"name":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAw'
            'QFBgc=","commitment":"09090909090909090909090909090909090909090909090909090909'
            '09090909"},"born_year":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"is_dependant":true,"has_income":true,"lives_with":f'
            "alse}]}"
        ),
    },
    "import-chunk": {
        1: (
            '{"topic":"import-chunk","import_id":"00000000-0000-0000-0000-000000000001","sequ'
            'ence":1,"numbers":[{"number":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"}}],"rows":[{"line":2,"digest":"0909090909090909090909'
            '0909090909","occurred_at":"2026-03-01T21:59:00+08:00","direction":"incoming","pa'
            'rty":0,"number":0,"connected":true,"duration_seconds":80,"summary":{"subject":"0'
            '0000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0'
            '909090909090909090909090909090909090909090909090909090909090909"}}]}'
        )
    },
    "import-dropped": {
        1: (
            '{"topic":"import-dropped","import_id":"00000000-0000-0000-0000-000000000001","re'
            'ason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBg'
            'c=","commitment":"09090909090909090909090909090909090909090909090909090909090909'
            '09"}}'
        )
    },
    "import-finished": {
        1: (
            '{"topic":"import-finished","import_id":"00000000-0000-0000-0000-000000000001","i'
            'mported_on":"2026-03-02","chunks":1,"rows":1}'
        )
    },
    "import-row-corrected": {
        1: (
            '{"topic":"import-row-corrected","import_id":"00000000-0000-0000-0000-00000000000'
            '1","row_id":"00000000-0000-0000-0000-000000000002","replacement":{"topic":"conta'
            'ct-logged","grade":"document","occurred_at":"2026-03-01T21:59:00+08:00","channel'
            '":"call","initiated_by":"collector","reached":"client","counterpart":{"subject":'
            '"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":'
            '"0909090909090909090909090909090909090909090909090909090909090909"}},"reason":{"'
            'subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","com'
            'mitment":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        )
    },
    "import-row-withdrawn": {
        1: (
            '{"topic":"import-row-withdrawn","import_id":"00000000-0000-0000-0000-00000000000'
            '1","row_id":"00000000-0000-0000-0000-000000000002","reason":{"subject":"00000000'
            '-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909'
            '09090909090909090909090909090909090909090909090909090909"}}'
        )
    },
    "import-started": {
        1: (
            '{"topic":"import-started","grade":"document","evidence":["00000000-0000-0000-000'
            '0-000000000003"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciphe'
            'rtext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909'
            '09090909090909090909"},"kind":"calls","item_id":"00000000-0000-0000-0000-0000000'
            '00003","contact_point_id":"00000000-0000-0000-0000-000000000004","zone":"Asia/To'
            'kyo","parties":[{"party":"collector","numbers":[{"number":{"subject":"00000000-0'
            '000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909'
            '090909090909090909090909090909090909090909090909090909"}}],"company":"样例公司","age'
            'ncy":"样例催收","loan_ids":["00000000-0000-0000-0000-000000001007"]}],"rest":{"party'
            '":"other"},"digest_key":{"subject":"00000000-0000-0000-0000-000000000007","ciphe'
            'rtext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909'
            '09090909090909090909"}}'
        )
    },
    "insolvency-decided": {
        1: (
            '{"topic":"insolvency-decided","grade":"court-found","evidence":["00000000-0000'
            '-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000'
            '007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090'
            '909090909090909090909090909090909"},"occurred_on":"2026-03-01","petition_id":"'
            '00000000-0000-0000-0000-000000001002","result":"ended"}'
        ),
    },
    "insolvency-facts-noted": {
        1: (
            '{"topic":"insolvency-facts-noted","grade":"court-found","evidence":["00000000-'
            '0000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000'
            '0000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090'
            '9090909090909090909090909090909090909"},"occurred_on":"2026-03-01","place":"xi'
            'amen","resident_since":"2026-03-01","insured_since":"2026-03-01","business_sin'
            'ce":"2026-03-01","causes":["other"],"assets":[{"kind":"样例公司","worth":{"minor":'
            '123456,"currency":"CNY"},"is_exempt":true}],"income_per_head":{"minor":123456,'
            '"currency":"CNY"}}'
        ),
    },
    "insolvency-petitioned": {
        1: (
            '{"topic":"insolvency-petitioned","grade":"court-found","evidence":["00000000-0'
            '000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000'
            '000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"},"occurred_on":"2026-03-01","place":"xia'
            'men","court":"样例公司","kind":"settlement","petitioner":"creditor","case_number":'
            '{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=",'
            '"commitment":"0909090909090909090909090909090909090909090909090909090909090909'
            '"}}'
        ),
    },
    "interest-declared": {
        1: (
            '{"topic":"interest-declared","member":"adviser-7","declared_on":"2026-03-01","'
            'kind":"staff","company":"样例公司","person":{"subject":"00000000-0000-0000-0000-00'
            '0000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909'
            '0909090909090909090909090909090909090909"},"note":{"subject":"00000000-0000-00'
            '00-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909'
            '09090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "interest-ended": {
        1: (
            '{"topic":"interest-ended","member":"adviser-7","interest_id":"00000000-0000-00'
            '00-0000-000000001001","ended_on":"2026-03-01","reason":{"subject":"00000000-00'
            '00-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090'
            '9090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "interest-withdrawn": {
        1: (
            '{"topic":"interest-withdrawn","member":"adviser-7","interest_id":"00000000-000'
            '0-0000-0000-000000001001","reason":{"subject":"00000000-0000-0000-0000-0000000'
            '00007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090'
            '90909090909090909090909090909090909"}}'
        ),
    },
    "judgment-given": {
        1: (
            '{"topic":"judgment-given","grade":"court-found","evidence":["00000000-0000-000'
            '0-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007"'
            ',"ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090'
            '90909090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"00000000'
            '-0000-0000-0000-000000001002","outcome":"dismissed","served_on":"2026-03-01","'
            'perform_by":"2026-03-01","judged":[{"loan_id":"00000000-0000-0000-0000-0000000'
            '01003","money":{"minor":123456,"currency":"CNY"},"interest":{"minor":123456,"c'
            'urrency":"CNY"}}]}'
        ),
    },
    "known-payee-noted": {
        1: (
            '{"topic":"known-payee-noted","grade":"document","evidence":["00000000-0000-0000-'
            '0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"occurred_on":"2026-03-01","company":"样例公司","loan_ids"'
            ':["00000000-0000-0000-0000-000000001003"],"source":"contract","channel":"alipay"'
            ',"account":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECA'
            'wQFBgc=","commitment":"090909090909090909090909090909090909090909090909090909090'
            '9090909"}}'
        ),
    },
    "lender-claimed": {
        1: (
            '{"topic":"lender-claimed","grade":"lender-says","evidence":["00000000-0000-0000-'
            '0000-00000000100f"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0000-00'
            '00-0000-000000001010","claimed_as_of":"2026-03-01","items":[{"kind":"interest","'
            'amount":{"minor":123456,"currency":"CNY"}}],"stated_total":{"minor":123456,"curr'
            'ency":"CNY"}}'
        ),
    },
    "letter-answered": {
        1: (
            '{"topic":"letter-answered","grade":"document","evidence":["00000000-0000-0000-00'
            '00-000000001040"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"},"occurred_on":"2026-03-12","letter_id":"00000000-0000-00'
            '00-0000-000000001041","answer":"counter","summary":{"subject":"00000000-0000-000'
            '0-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090'
            '90909090909090909090909090909090909090909090909"}}'
        ),
    },
    "letter-approved": {
        1: (
            '{"topic":"letter-approved","letter_id":"00000000-0000-0000-0000-000000001041","a'
            'pproved_on":"2026-03-02","answered":[{"code":"approver-is-drafter","reason":{"su'
            'bject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commi'
            'tment":"0909090909090909090909090909090909090909090909090909090909090909"}}]}'
        ),
    },
    "letter-delivered": {
        1: (
            '{"topic":"letter-delivered","grade":"document","evidence":["00000000-0000-0000-0'
            '000-000000001040"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cip'
            'hertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909'
            '0909090909090909090909"},"occurred_on":"2026-03-05","letter_id":"00000000-0000-0'
            '000-0000-000000001041","shown_by":"tracking"}'
        ),
    },
    "letter-drafted": {
        1: (
            '{"topic":"letter-drafted","drafted_on":"2026-03-01","template":"hardship-request'
            '","template_version":1,"language":"zh","addressee_kind":"lender","addressee":"样例'
            '公司","addressee_name":{"subject":"00000000-0000-0000-0000-000000000007","cipherte'
            'xt":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909090'
            '90909090909090909"},"loan_ids":["00000000-0000-0000-0000-000000001003"],"about_i'
            'd":"00000000-0000-0000-0000-000000001042","replaces_id":"00000000-0000-0000-0000'
            '-000000001043","as_of":"2026-03-01","known_at":42,"pack":"cn@2026.2","data":"012'
            '3456789ab","digest":"abababababababababababababababababababababababababababababa'
            'babab","figures":[{"loan_id":"00000000-0000-0000-0000-000000001003","line":"cont'
            'ract","owed":{"minor":123456,"currency":"CNY"}}],"frozen":[{"loan_id":"00000000-'
            '0000-0000-0000-000000001003","line":"contract","part":"principal","amount":{"min'
            'or":100000,"currency":"CNY"}},{"loan_id":"00000000-0000-0000-0000-000000001003",'
            '"line":"contract","part":"cost","amount":null}],"answer_wanted_on":"2026-03-20",'
            '"is_promise":true,"text":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"}}'
        ),
    },
    "letter-dropped": {
        1: (
            '{"topic":"letter-dropped","letter_id":"00000000-0000-0000-0000-000000001041","dr'
            'opped_on":"2026-03-04","reason":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"}}'
        ),
    },
    "letter-returned": {
        1: (
            '{"topic":"letter-returned","grade":"document","evidence":["00000000-0000-0000-00'
            '00-000000001040"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"},"occurred_on":"2026-03-09","letter_id":"00000000-0000-00'
            '00-0000-000000001041","why":"address-unknown"}'
        ),
    },
    "letter-sent": {
        1: (
            '{"topic":"letter-sent","grade":"document","evidence":["00000000-0000-0000-0000-0'
            '00000001040"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cipherte'
            'xt":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909090'
            '90909090909090909"},"letter_id":"00000000-0000-0000-0000-000000001041","channel"'
            ':"registered-mail","sent_on":"2026-03-03","reference":{"subject":"00000000-0000-'
            '0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909'
            '09090909090909090909090909090909090909090909090909"},"answered":[{"code":"figure'
            's-moved","reason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext"'
            ':"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909090909'
            '09090909090909"}}]}'
        ),
    },
    "loan-called-due": {
        1: (
            '{"topic":"loan-called-due","grade":"lender-says","evidence":["00000000-0000-00'
            '00-0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909'
            '090909090909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"0000000'
            '0-0000-0000-0000-000000001003","due_on":"2026-03-15"}'
        ),
    },
    "loan-disbursed": {
        1: (
            '{"topic":"loan-disbursed","grade":"lender-says","evidence":["00000000-0000-0000-'
            '0000-000000001011"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0000-00'
            '00-0000-000000001012","received":{"minor":123456,"currency":"CNY"},"withheld":{"'
            'minor":123456,"currency":"CNY"},"withheld_by":"platform","account":{"subject":"0'
            '0000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0'
            '909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "loan-taken": {
        1: (
            '{"topic":"loan-taken","grade":"lender-says","evidence":["00000000-0000-0000-0000'
            '-000000001013"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cipher'
            'text":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090'
            '9090909090909090909"},"occurred_on":"2026-03-01","lender":"样例贷","lender_class":"'
            'private","contract_number":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"face_amount":{"minor":123456,"currency":"CNY"},"terms'
            '":{"rate_pct":"1.5","rate_period":"month","overdue_rate_pct":"0.05","overdue_rat'
            'e_period":"month","repayment":"equal-principal","schedule":[{"due_on":"2026-03-0'
            '1","amount":{"minor":123456,"currency":"CNY"}}],"due_on":"2026-03-01"}}'
        ),
    },
    "mediation-agreed": {
        1: (
            '{"topic":"mediation-agreed","grade":"court-found","evidence":["00000000-0000-0'
            '000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000000000'
            '7","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090'
            '9090909090909090909090909090909"},"occurred_on":"2026-03-01","loan_ids":["0000'
            '0000-0000-0000-0000-000000001002"],"mediator":"样例公司","suit_id":"00000000-0000-'
            '0000-0000-000000001003","summary":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909'
            '0909090909090909090909090909090909"}}'
        ),
    },
    "note-added": {
        1: (
            '{"topic":"note-added","noted_on":"2026-03-01","text":{"subject":"00000000-0000-0'
            '000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090'
            '9090909090909090909090909090909090909090909090909"},"entry_id":"00000000-0000-00'
            '00-0000-000000001014"}'
        ),
    },
    "notice-reached": {
        1: (
            '{"topic":"notice-reached","grade":"client-says","evidence":["00000000-0000-000'
            '0-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007"'
            ',"ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090'
            '90909090909090909090909090909"},"occurred_on":"2026-03-01","kind":"assignment"'
            ',"loan_ids":["00000000-0000-0000-0000-000000001002"],"party_id":"00000000-0000'
            '-0000-0000-000000001003","recipient_id":"00000000-0000-0000-0000-000000001004"'
            ',"sent_on":"2026-03-01","way":"letter"}'
        ),
    },
    "papers-asked": {
        1: (
            '{"topic":"papers-asked","grade":"document","evidence":["00000000-0000-0000-0000-'
            '000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciphert'
            'ext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090909'
            '090909090909090909"},"occurred_on":"2026-03-01","lender":"样例小贷","loan_ids":["000'
            '00000-0000-0000-0000-000000001003"],"papers":["income","bank-statement"],"channe'
            'l":"email","due_on":"2026-03-08"}'
        ),
    },
    "papers-handed-in": {
        1: (
            '{"topic":"papers-handed-in","grade":"document","evidence":["00000000-0000-0000-0'
            '000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cip'
            'hertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909'
            '0909090909090909090909"},"occurred_on":"2026-03-01","lender":"样例小贷","loan_ids":['
            '"00000000-0000-0000-0000-000000001003"],"papers":[{"kind":"income","item_id":"00'
            '000000-0000-0000-0000-000000001002"}],"channel":"email","asked_id":"00000000-000'
            '0-0000-0000-000000001006"}'
        ),
    },
    "party-left": {
        1: (
            '{"topic":"party-left","grade":"client-says","evidence":["00000000-0000-0000-00'
            '00-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"},"occurred_on":"2026-03-01","party_id":"00000000-00'
            '00-0000-0000-000000001002","reason":{"subject":"00000000-0000-0000-0000-000000'
            '000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909'
            '090909090909090909090909090909090909"}}'
        ),
    },
    "party-named": {
        1: (
            '{"topic":"party-named","grade":"client-says","evidence":["00000000-0000-0000-0'
            '000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909'
            '09090909090909090909090909"},"occurred_on":"2026-03-01","loan_ids":["00000000-'
            '0000-0000-0000-000000001002"],"role":"co-debtor","company":"样例公司","person":{"s'
            'ubject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","co'
            'mmitment":"0909090909090909090909090909090909090909090909090909090909090909"},'
            '"id_number":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AA'
            'ECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090909090909'
            '090909090909"},"phones":[{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"}],"by_id":"00000000-0000-0000-0000-000000001003","g'
            'uarantee_id":"00000000-0000-0000-0000-000000001004"}'
        ),
    },
    "payment-bounced": {
        1: (
            '{"topic":"payment-bounced","grade":"document","evidence":["00000000-0000-0000-00'
            '00-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"},"occurred_on":"2026-03-01","payment_id":"00000000-0000-0'
            '000-0000-000000001004","reason":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"}}'
        ),
    },
    "payment-checked": {
        1: (
            '{"topic":"payment-checked","grade":"document","evidence":["00000000-0000-0000-00'
            '00-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0000-0000'
            '-0000-000000001003","amount":{"minor":123456,"currency":"CNY"},"channel":"lender'
            '-app","payee":"样例公司","payee_account":{"subject":"00000000-0000-0000-0000-0000000'
            '00007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090'
            '909090909090909090909090909090909"},"borrower_name":{"subject":"00000000-0000-00'
            '00-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909'
            '090909090909090909090909090909090909090909090909"},"borrower_id_number":{"subjec'
            't":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitmen'
            't":"0909090909090909090909090909090909090909090909090909090909090909"},"contract'
            '_number":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQ'
            'FBgc=","commitment":"09090909090909090909090909090909090909090909090909090909090'
            '90909"},"answered":[{"code":"payee-unknown","reason":{"subject":"00000000-0000-0'
            '000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090'
            '9090909090909090909090909090909090909090909090909"}}]}'
        ),
    },
    "payment-credited": {
        1: (
            '{"topic":"payment-credited","grade":"lender-says","evidence":["00000000-0000-000'
            '0-0000-000000001015"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"},"occurred_on":"2026-03-01","payment_id":"00000000-00'
            '00-0000-0000-000000001016"}'
        ),
    },
    "payment-expired": {
        1: (
            '{"topic":"payment-expired","grade":"lender-says","evidence":["00000000-0000-0000'
            '-0000-000000001017"],"note":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909'
            '090909090909090909090909"},"occurred_on":"2026-03-01","payment_id":"00000000-000'
            '0-0000-0000-000000001018"}'
        ),
    },
    "payment-made": {
        1: (
            '{"topic":"payment-made","grade":"lender-says","evidence":["00000000-0000-0000-00'
            '00-000000001019"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciph'
            'ertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909090'
            '909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0000-0000'
            '-0000-00000000101a","amount":{"minor":123456,"currency":"CNY"},"credited_on":"20'
            '26-03-01","channel":"bank-transfer","payer":"family","payer_name":{"subject":"00'
            '000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09'
            '09090909090909090909090909090909090909090909090909090909090909"},"payee":"样例公司",'
            '"reference":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAEC'
            'AwQFBgc=","commitment":"09090909090909090909090909090909090909090909090909090909'
            '09090909"}}'
        ),
    },
    "payment-missed": {
        1: (
            '{"topic":"payment-missed","grade":"lender-says","evidence":["00000000-0000-0000-'
            '0000-00000000101b"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0000-00'
            '00-0000-00000000101c","amount":{"minor":123456,"currency":"CNY"}}'
        ),
    },
    "payment-order-objected": {
        1: (
            '{"topic":"payment-order-objected","grade":"court-found","evidence":["00000000-'
            '0000-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-00000'
            '0000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090'
            '9090909090909090909090909090909090909"},"occurred_on":"2026-03-01","order_id":'
            '"00000000-0000-0000-0000-000000001002","about":"means-or-time"}'
        ),
    },
    "payment-order-served": {
        1: (
            '{"topic":"payment-order-served","grade":"court-found","evidence":["00000000-00'
            '00-0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-0000000'
            '00007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090'
            '90909090909090909090909090909090909"},"occurred_on":"2026-03-01","loan_ids":["'
            '00000000-0000-0000-0000-000000001002"],"court":"样例公司","amount":{"minor":123456'
            ',"currency":"CNY"},"case_number":{"subject":"00000000-0000-0000-0000-000000000'
            '007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090'
            '909090909090909090909090909090909"}}'
        ),
    },
    "payment-reversed": {
        1: (
            '{"topic":"payment-reversed","grade":"lender-says","evidence":["00000000-0000-000'
            '0-0000-00000000101d"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"},"occurred_on":"2026-03-01","payment_id":"00000000-00'
            '00-0000-0000-00000000101e","reversed_by":"lender","reason":{"subject":"00000000-'
            '0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090'
            '9090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "phase-begun": {
        1: (
            '{"topic":"phase-begun","phase":"explore","begun_on":"2026-03-01","note":{"subj'
            'ect":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commi'
            'tment":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "plan-agreed": {
        1: (
            '{"topic":"plan-agreed","grade":"lender-says","evidence":["00000000-0000-0000-000'
            '0-00000000101f"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciphe'
            'rtext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909'
            '09090909090909090909"},"occurred_on":"2026-03-01","loan_ids":["00000000-0000-000'
            '0-0000-000000001020"],"instalments":[{"due_on":"2026-03-01","amount":{"minor":12'
            '3456,"currency":"CNY"}}],"waived":{"minor":123456,"currency":"CNY"}}'
        ),
    },
    "case-exported": {
        1: (
            '{"topic":"case-exported","exported_on":"2026-03-01","exported_to":"court","as_of":'
            '"2026-03-01","known_at":42,"pack":"cn@2026.1","data":"样例","first_day":"2025-03-01",'
            '"last_day":"2026-03-01","chapters":["payments"],"left_out":[{"first":2,"last":5}],'
            '"opens":["names"],"opened":7,"evidence_items":["00000000-0000-0000-0000-000000001009"]'
            ',"purpose":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc'
            '=","commitment":"0909090909090909090909090909090909090909090909090909090909090909"},"r'
            'ecipient":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc='
            '","commitment":"0909090909090909090909090909090909090909090909090909090909090909"},"fi'
            'les":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","co'
            'mmitment":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "figures-stated": {
        1: (
            '{"topic":"figures-stated","stated_on":"2026-03-01","stated_to":"lender","as_of":'
            '"2026-03-01","known_at":42,"pack":"样例公司","data":"样例公司","digest":"样例公司","figures"'
            ':[{"loan_id":"00000000-0000-0000-0000-000000001001","line":"样例公司","owed":{"minor'
            '":123456,"currency":"CNY"}}],"purpose":{"subject":"00000000-0000-0000-0000-00000'
            '0000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090'
            '90909090909090909090909090909090909"}}'
        ),
    },
    "finding-recorded": {
        1: (
            '{"topic":"finding-recorded","grade":"lender-says","evidence":["00000000-0000-000'
            '0-0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"},"occurred_on":"2026-03-01","loan_id":"00000000-0000-'
            '0000-0000-000000001003","finding":"taken-back","found_by":"regulator","about_id"'
            ':"00000000-0000-0000-0000-000000001004","reason":{"subject":"00000000-0000-0000-'
            '0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090'
            '909090909090909090909090909090909090909090909"}}'
        ),
    },
    "plan-broken": {
        1: (
            '{"topic":"plan-broken","grade":"document","evidence":["00000000-0000-0000-0000-0'
            '00000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cipherte'
            'xt":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909090'
            '90909090909090909"},"occurred_on":"2026-03-01","plan_id":"00000000-0000-0000-000'
            '0-000000001005","declared_by":"lender","consequence":"waiver-lost","reason":{"su'
            'bject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commi'
            'tment":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "plan-completed": {
        1: (
            '{"topic":"plan-completed","grade":"document","evidence":["00000000-0000-0000-000'
            '0-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciphe'
            'rtext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909'
            '09090909090909090909"},"occurred_on":"2026-03-01","plan_id":"00000000-0000-0000-'
            '0000-000000001005","confirmed_by":"lender","answered":[{"code":"payee-unknown","'
            'reason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQF'
            'Bgc=","commitment":"090909090909090909090909090909090909090909090909090909090909'
            '0909"}}]}'
        ),
    },
    "plan-ended": {
        1: (
            '{"topic":"plan-ended","grade":"document","evidence":["00000000-0000-0000-0000-00'
            '0000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ciphertex'
            't":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090909'
            '0909090909090909"},"occurred_on":"2026-03-01","plan_id":"00000000-0000-0000-0000'
            '-000000001005","ended_by":"lender","reason":{"subject":"00000000-0000-0000-0000-'
            '000000000007","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909'
            '0909090909090909090909090909090909090909"}}'
        ),
    },
    "plan-reviewed": {
        1: (
            '{"topic":"plan-reviewed","grade":"document","evidence":["00000000-0000-0000-0000'
            '-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cipher'
            'text":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090'
            '9090909090909090909"},"occurred_on":"2026-03-01","plan_id":"00000000-0000-0000-0'
            '000-000000001005","outcome":"keep","review_on":"2026-06-01"}'
        ),
    },
    "pledge-taken-back": {
        1: (
            '{"topic":"pledge-taken-back","grade":"court-found","evidence":["00000000-0000-'
            '0000-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-0000000000'
            '07","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909'
            '09090909090909090909090909090909"},"occurred_on":"2026-03-01","pledge_id":"000'
            '00000-0000-0000-0000-000000001002","reason":{"subject":"00000000-0000-0000-000'
            '0-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909'
            '09090909090909090909090909090909090909090909"}}'
        ),
    },
    "proposal-answered": {
        1: (
            '{"topic":"proposal-answered","grade":"document","evidence":["00000000-0000-0000-'
            '0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"},"occurred_on":"2026-03-01","proposal_id":"00000000-000'
            '0-0000-0000-000000001007","loan_ids":["00000000-0000-0000-0000-000000001003"],"a'
            'nswer":"counter","channel":"call","counter":[{"loan_id":"00000000-0000-0000-0000'
            '-000000001003","amount":{"minor":123456,"currency":"CNY"},"instalments":[{"due_o'
            'n":"2026-04-01","amount":{"minor":123456,"currency":"CNY"}}],"due_on":"2026-04-0'
            '1","waived":{"minor":123456,"currency":"CNY"}}],"due_on":"2026-03-08","condition'
            's":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc="'
            ',"commitment":"0909090909090909090909090909090909090909090909090909090909090909"'
            "}}"
        ),
    },
    "proposal-made": {
        1: (
            '{"topic":"proposal-made","grade":"document","evidence":["00000000-0000-0000-0000'
            '-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cipher'
            'text":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090'
            '9090909090909090909"},"occurred_on":"2026-03-01","kind":"mixed","loan_ids":["000'
            '00000-0000-0000-0000-000000001003"],"offers":[{"loan_id":"00000000-0000-0000-000'
            '0-000000001003","amount":{"minor":123456,"currency":"CNY"},"instalments":[{"due_'
            'on":"2026-04-01","amount":{"minor":123456,"currency":"CNY"}}],"due_on":"2026-04-'
            '01","waived":{"minor":123456,"currency":"CNY"}}],"channel":"email","available":{'
            '"minor":123456,"currency":"CNY"},"statement_id":"00000000-0000-0000-0000-0000000'
            '01008","answer_wanted_on":"2026-03-08","text":{"subject":"00000000-0000-0000-000'
            '0-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909'
            '090909090909090909090909090909090909090909"},"answered":[{"code":"payee-unknown"'
            ',"reason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAw'
            'QFBgc=","commitment":"0909090909090909090909090909090909090909090909090909090909'
            '090909"}}]}'
        ),
    },
    "proposal-withdrawn": {
        1: (
            '{"topic":"proposal-withdrawn","grade":"document","evidence":["00000000-0000-0000'
            '-0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909'
            '090909090909090909090909"},"occurred_on":"2026-03-01","proposal_id":"00000000-00'
            '00-0000-0000-000000001007","reason":{"subject":"00000000-0000-0000-0000-00000000'
            '0007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909'
            '09090909090909090909090909090909"}}'
        ),
    },
    "reference-data-loaded": {
        1: (
            '{"topic":"reference-data-loaded","kind":"holidays","rows":[{"on":"2026-03-01","v'
            'alue":"样例公司","source":"样例公司","status":"样例公司"}]}'
        ),
    },
    "referral-received": {
        1: (
            '{"topic":"referral-received","received_on":"2026-03-01","source":"self","refer'
            'rer":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFB'
            'gc=","commitment":"09090909090909090909090909090909090909090909090909090909090'
            '90909"},"reference":{"subject":"00000000-0000-0000-0000-000000000007","ciphert'
            'ext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909'
            '09090909090909090909"},"reason":{"subject":"00000000-0000-0000-0000-0000000000'
            '07","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909'
            '09090909090909090909090909090909"}}'
        ),
    },
    "review-asked": {
        1: (
            '{"topic":"review-asked","grade":"court-found","evidence":["00000000-0000-0000-'
            '0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"occurred_on":"2026-03-01","complaint_id":"00000'
            '000-0000-0000-0000-000000001002","reason":{"subject":"00000000-0000-0000-0000-'
            '000000000007","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909'
            '090909090909090909090909090909090909090909"}}'
        ),
    },
    "review-decided": {
        1: (
            '{"topic":"review-decided","grade":"court-found","evidence":["00000000-0000-000'
            '0-0000-000000001001"],"note":{"subject":"00000000-0000-0000-0000-000000000007"'
            ',"ciphertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090'
            '90909090909090909090909090909"},"occurred_on":"2026-03-01","review_id":"000000'
            '00-0000-0000-0000-000000001002","outcome":"not-accepted","summary":{"subject":'
            '"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment'
            '":"0909090909090909090909090909090909090909090909090909090909090909"}}'
        ),
    },
    "rule-pack-adopted": {
        1: ('{"topic":"rule-pack-adopted","pack":"样例公司","switches":["样例公司"]}'),
    },
    "signing-key-adopted": {
        1: (
            '{"topic":"signing-key-adopted","key":"mingzhang/x+0a1b2c3d+AQAA","replaces":"min'
            'gzhang/x+4e5f6a7b+AQBB","reason":"routine"}'
        ),
    },
    "suit-accepted": {
        1: (
            '{"topic":"suit-accepted","grade":"lender-says","evidence":["00000000-0000-0000-0'
            '000-000000001005"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cip'
            'hertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909'
            '0909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"00000000-0000-000'
            '0-0000-000000001006"}'
        ),
    },
    "suit-decided": {
        1: (
            '{"topic":"suit-decided","grade":"court-found","evidence":["00000000-0000-0000-'
            '0000-000000001002"],"note":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090'
            '909090909090909090909090909"},"occurred_on":"2026-03-01","suit_id":"00000000-0'
            '000-0000-0000-000000001004"}'
        ),
    },
    "suit-filed": {
        1: (
            '{"topic":"suit-filed","grade":"lender-says","evidence":["00000000-0000-0000-0000'
            '-000000001007"],"note":{"subject":"00000000-0000-0000-0000-000000000007","cipher'
            'text":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090'
            '9090909090909090909"},"occurred_on":"2026-03-01","loan_ids":["00000000-0000-0000'
            '-0000-000000001008"],"claimant":"client","accepted_on":"2026-03-01","court":"样例公'
            '司","case_number":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":'
            '"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909090909090'
            '9090909090909"}}'
        ),
    },
    "case-erased": {
        1: ('{"topic":"case-erased","erased_on":"2026-03-01"}'),
    },
    "client-erased": {
        1: (
            '{"topic":"client-erased","erased_on":"2026-03-01","ground":"consent-withdrawn","'
            'legal_basis":"样例公司","decision_id":"00000000-0000-0000-0000-000000001001","cases"'
            ':["00000000-0000-0000-0000-000000001002"],"files":["00000000-0000-0000-0000-0000'
            '00001003"]}'
        ),
    },
    "erasure-granted": {
        1: (
            '{"topic":"erasure-granted","decided_on":"2026-03-01","ground":"retention-over","'
            'legal_basis":"样例公司","reason":{"subject":"00000000-0000-0000-0000-000000000007","'
            'ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090'
            '9090909090909090909090909"}}'
        ),
    },
    "erasure-refused": {
        1: (
            '{"topic":"erasure-refused","decided_on":"2026-03-01","ground":"claim-pending","l'
            'egal_basis":"样例公司","reason":{"subject":"00000000-0000-0000-0000-000000000007","c'
            'iphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909090909'
            '090909090909090909090909"}}'
        ),
    },
    "erasure-requested": {
        1: (
            '{"topic":"erasure-requested","requested_on":"2026-03-01","requested_by":"client"'
            ',"reason":{"subject":"00000000-0000-0000-0000-000000000007","ciphertext":"AAECAw'
            'QFBgc=","commitment":"0909090909090909090909090909090909090909090909090909090909'
            '090909"}}'
        ),
    },
    "legal-hold-lifted": {
        1: (
            '{"topic":"legal-hold-lifted","hold_id":"00000000-0000-0000-0000-000000001001","l'
            'ifted_on":"2026-03-01","reason":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909'
            '0909090909090909090909090909"}}'
        ),
    },
    "legal-hold-placed": {
        1: (
            '{"topic":"legal-hold-placed","placed_on":"2026-03-01","held_for":"court","review'
            '_on":"2026-09-01","reason":{"subject":"00000000-0000-0000-0000-000000000007","ci'
            'phertext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090'
            '90909090909090909090909"}}'
        ),
    },
    "names-listed": {
        1: (
            '{"topic":"names-listed","clients":42,"reading":"caseload","purpose":"casework","'
            'covers_until":"2026-03-01T01:15:00Z"}'
        ),
    },
    "personal-data-read": {
        1: (
            '{"topic":"personal-data-read","client_id":"00000000-0000-0000-0000-000000001001"'
            ',"case_id":"00000000-0000-0000-0000-000000001002","reading":"audit-trail","purpo'
            'se":"client-asked","covers_until":"2026-03-01T01:15:00Z"}'
        ),
    },
    "retention-rule-set": {
        1: (
            '{"topic":"retention-rule-set","outcome":"settled","years":5,"legal_basis":"样例公司"}'
        ),
    },
    "task-done": {
        1: (
            '{"topic":"task-done","task_id":"00000000-0000-0000-0000-000000001001","done_on'
            '":"2026-03-01","note":{"subject":"00000000-0000-0000-0000-000000000007","ciphe'
            'rtext":"AAECAwQFBgc=","commitment":"090909090909090909090909090909090909090909'
            '0909090909090909090909"}}'
        ),
    },
    "task-dropped": {
        1: (
            '{"topic":"task-dropped","task_id":"00000000-0000-0000-0000-000000001001","drop'
            'ped_on":"2026-03-01","reason":{"subject":"00000000-0000-0000-0000-000000000007'
            '","ciphertext":"AAECAwQFBgc=","commitment":"0909090909090909090909090909090909'
            '090909090909090909090909090909"}}'
        ),
    },
    "task-set": {
        1: (
            '{"topic":"task-set","set_on":"2026-03-01","title":{"subject":"00000000-0000-00'
            '00-0000-000000000007","ciphertext":"AAECAwQFBgc=","commitment":"09090909090909'
            '09090909090909090909090909090909090909090909090909"},"kind":"other","due_on":"'
            '2026-03-01","member":"adviser-7","about_id":"00000000-0000-0000-0000-000000001'
            '001"}'
        ),
    },
    "urgency-set": {
        1: (
            '{"topic":"urgency-set","level":"ordinary","set_on":"2026-03-01","review_on":"2'
            '026-03-01","reason":{"subject":"00000000-0000-0000-0000-000000000007","ciphert'
            'ext":"AAECAwQFBgc=","commitment":"09090909090909090909090909090909090909090909'
            '09090909090909090909"}}'
        ),
    },
}
