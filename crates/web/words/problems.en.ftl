# What the API says when it does not do what was asked, in English: whoever reads it asked with a
# program. $brought is what came with the request: token, session, letter (signed or not) or nothing. After the text of a
# refusal the sentences of each thing refused stand first (refusals.en.ftl).

problem-api-bad-request-title = The request could not be read
problem-api-bad-request-text = Nothing was changed. Mend it and send it again.
problem-api-sign-in-title = { $brought ->
    [token] This token opens nothing
    [session] This session has ended
    [letter] This is not signed as it has to be
   *[nothing] This address has to know who asks
}
problem-api-sign-in-text = { $brought ->
    [token] It is none of this newsroom’s, was revoked, or is too old. Nothing was changed. Whoever runs the newsroom sees its tokens with “dateline token list” and makes one with “dateline token create”.
    [session] Nothing was changed. Sign in at /desk and send it again.
    [letter] Nothing was kept.
   *[nothing] Nothing was changed. Send a token as “Authorization: Bearer TOKEN” (whoever runs the newsroom makes one with “dateline token create”), or sign in at /desk.
}
problem-api-forbidden-title = { $brought ->
    [token] This token may not do that
   *[nothing] You may not do that here
}
problem-api-forbidden-text = Nothing was changed.
problem-api-not-found-title = { $thing ->
    [story] There is no such story
    [revision] There is no such revision
    [running-story] There is no such running story
    [invitation] There is no such invitation
    [entry] There is no such live entry
    [person] There is no such person
    [section] There is no such section
    [token] There is no such token
    [topic] There is no such topic
   *[address] The API has no such address
}
problem-api-not-found-text = { $thing ->
    [story] No story has this id. An id is written as the API gives it; GET /api/v1/stories lists those there are. Nothing was changed.
    [revision] No story has this id, or it has no revision of this number. GET the same address without the number lists those there are.
    [running-story] No running story has this id. GET /api/v1/running-stories lists those there are. Nothing was changed.
    [entry] This running story has no live entry of this id, or there is no such running story. GET the address without the last id lists those there are. Nothing was changed.
    [person] Nobody has this id. GET /api/v1/people lists those there are. Nothing was changed.
    [section] No section has this id. GET /api/v1/sections lists those there are. Nothing was changed.
    [token] No token has this id. GET /api/v1/tokens lists those there are. Nothing was changed.
    [topic] No public story has this topic. GET /api/v1/topics lists those there are. Nothing was changed.
    [invitation] Nobody was invited by this token, or has come in by it already. Whoever runs the newsroom makes another with “dateline staff add”.
   *[address] Every address of the API is described in /api/v1/openapi.json. Nothing was changed.
}
problem-api-method-title = This address does not take { $method }
problem-api-method-text = The header Allow names what it takes, and /api/v1/openapi.json describes it. Nothing was changed.
problem-api-conflict-title = This does not fit with how things are now
problem-api-conflict-text = Read the present state and decide again.
problem-api-too-large-title = The body is too large
problem-api-too-large-text = Nothing was kept.
problem-api-query-too-long-title = The query is too long
problem-api-query-too-long-text = A query has { $longest } bytes at most. Nothing was done.
problem-api-media-type-title = The body is not of a type this address takes
problem-api-media-type-text = Nothing was changed.
problem-api-misdirected-title = No newsroom answers under this name
problem-api-misdirected-text = The name in Host leads here, but is not one of this newsroom’s. Ask at its own address. Nothing was changed.
problem-api-refused-title = Something in the request is not as it has to be
problem-api-refused-text = Nothing was changed. Mend it and send it again.
problem-api-precondition-title = The revision this was made upon is not named
problem-api-precondition-text = Nothing was changed. GET it, and send the ETag you are given as If-Match.
problem-api-too-many-title = Too many requests
problem-api-too-many-text = { $seconds ->
    [one] Nothing was done. Wait a second (see Retry-After) and send it again.
   *[other] Nothing was done. Wait { $seconds } seconds (see Retry-After) and send it again.
}
problem-api-unavailable-title = The newsroom is not ready
problem-api-unavailable-text = It is starting, or its database or something else that it needs rests for a moment. Nothing was changed; come back in { $seconds } seconds (see Retry-After).
problem-api-fault-title = Something broke on our side
problem-api-fault-text = The fault was noted under the number { $number }. Read the present state to see whether the act was done before it broke; with the same Idempotency-Key it is safe to send it again.
